import { assertEquals, assertMatch } from "@std/assert";
import { probeAll } from "../../lib/batch.ts";
import { profileConnection } from "../../lib/conn/profile.ts";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import { probeSeries } from "../../lib/probe/series.ts";
import type { ErrorKind, ProbeResult } from "../../lib/result.ts";
import { type Peer, type Script, startPeer } from "../peer/peer.ts";
import { skipWaits } from "../_skipped_waits.ts";

const STALL = { stall: true } as const;
const OPTIONS: ProbeOptions = { maxTime: 10_000, connectTimeout: 400 };

/** What nginx answers to plain HTTP on a port for TLS. */
const PLAIN: Script = [
  { expect: "\r\n\r\n" },
  { send: "HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno" },
];

/** The header of a record for a ServerHello, and the first of its octets. */
const HELLO = { sendRaw: Uint8Array.of(22, 3, 3, 0, 80, 2, 0, 0, 76, 3, 3) };

function alert(level: number, description: number, minor = 3): { readonly sendRaw: Uint8Array } {
  return { sendRaw: Uint8Array.of(21, 3, minor, 0, 2, level, description) };
}

const TLS_ONLY: readonly (readonly [title: string, script: Script, kind: ErrorKind, message: RegExp])[] = [
  ["an alert on the name", [alert(2, 112), { fin: true }], "tls", /the TLS alert unrecognized_name$/],
  ["an alert without a close", [alert(2, 40), STALL], "tls", /the TLS alert handshake_failure$/],
  ["an alert and RST", [alert(2, 40), { pause: 20 }, { rst: true }], "tls", /alert handshake_failure$/],
  ["an alert on the version", [alert(2, 70, 1), { fin: true }], "tls", /alert protocol_version$/],
  ["an alert of SSL 3.0", [alert(2, 40, 0), { fin: true }], "tls", /alert handshake_failure$/],
  ["an alert in pieces", [{ drip: "\x15\x03\x03\x00\x02\x02\x70", every: 1 }], "tls", /unrecognized_name$/],
  ["a warning and FIN", [alert(1, 112), { fin: true }], "closed", /after the TLS alert unrecognized_name$/],
  ["half a ServerHello and FIN", [HELLO, { fin: true }], "closed", /the server closed the connection$/],
  ["half a ServerHello and RST", [HELLO, { pause: 20 }, { rst: true }], "reset", /reset the connection$/],
  ["half a ServerHello", [HELLO, STALL], "timeout", /the TLS handshake took longer than /],
  [
    "a record that is too long",
    [{ send: "\x16\x03\x03\xff\xff" }, STALL],
    "tls",
    /longer than TLS allows came$/,
  ],
  [
    "the header of a record",
    [{ send: "\x15\x03\x03\x00" }, { fin: true }],
    "closed",
    /closed the connection$/,
  ],
  ["application data", [{ sendRaw: "\x17\x03\x03\x00\x01x" }, STALL], "tls", /came out of turn/],
];

async function withPort(script: Script, check: (peer: Peer, input: string) => Promise<void>): Promise<void> {
  await using peer = await startPeer([[{ expect: 1 }, ...script], PLAIN]);
  await check(peer, `127.0.0.1:${peer.port}`);
}

/** Each with a peer of its own, whose first connection is the only one of TLS. */
async function* askAll(
  script: Script,
): AsyncGenerator<[name: string, result: ProbeResult, connections: number]> {
  const results: [string, ProbeResult, number][] = [];
  const keep = (name: string, result: ProbeResult, peer: Peer): void => {
    results.push([name, result, peer.connections.length]);
  };
  await withPort(script, async (peer, input) => keep("probe()", await probe(input, OPTIONS), peer));
  await withPort(script, async (peer, input) => {
    for await (const result of probeSeries(input, { ...OPTIONS, count: 1, reuse: true })) {
      keep("probeSeries()", result, peer);
    }
  });
  await withPort(script, async (peer, input) => {
    for await (const result of probeAll([input], OPTIONS)) keep("probeAll()", result, peer);
  });
  yield* results;
}

for (const [title, script, kind, message] of TLS_ONLY) {
  Deno.test(`probe() does not try a bare host over plain HTTP if it sends ${title}`, async () => {
    using _clock = skipWaits();
    for await (const [name, result, connections] of askAll(script)) {
      const { ok, url, status, error, attempts } = result;
      assertEquals([ok, status, attempts, connections], [false, undefined, undefined, 1], name);
      assertMatch(url, /^https:/, name);
      assertEquals([error?.kind, error?.by, error?.speaksTls], [kind, "target", true], name);
      assertMatch(error?.message ?? "", message, name);
    }
  });
}

const PERHAPS_PLAIN: readonly (readonly [title: string, script: Script])[] = [
  ["text", [{ send: "HTTP/1.1 400 Bad\r\n\r\n" }, { fin: true }]],
  ["text behind an octet of a record", [{ send: "\x16hello" }, { fin: true }]],
  ["a record of no version of TLS", [{ send: "\x16\x03\x09\x00\x01x" }, { fin: true }]],
  ["less than can be told", [{ send: "\x15\x03" }, { fin: true }]],
  ["nothing", [{ fin: true }]],
];

for (const [title, script] of PERHAPS_PLAIN) {
  Deno.test(`probe() tries a bare host over plain HTTP if it sends ${title}`, async () => {
    using _clock = skipWaits();
    for await (const [name, { status, attempts }, connections] of askAll(script)) {
      assertEquals([status, connections], [400, 2], name);
      assertEquals(attempts?.map(({ error }) => [error.by, error.speaksTls]), [["target", undefined]], name);
    }
  });
}

Deno.test("profileConnection() does not examine a TLS port over plain HTTP", async () => {
  using _clock = skipWaits();
  await withPort([alert(2, 112), { fin: true }], async (peer, input) => {
    const { ok, url, error, experiments } = await profileConnection(input);
    assertEquals([ok, Object.keys(experiments).length, peer.connections.length], [false, 0, 1]);
    assertMatch(url, /^https:/);
    assertEquals([error?.kind, error?.alert], ["tls", "unrecognized_name"]);
  });
});
