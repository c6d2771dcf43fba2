import { assertEquals, assertMatch } from "@std/assert";
import { profileConnection } from "../../../lib/conn/profile.ts";
import { checkResult, parseExpectation } from "../../../lib/expect.ts";
import { Deadline } from "../../../lib/net/deadline.ts";
import { dial, type DialOutcome } from "../../../lib/net/dial/dial.ts";
import type { ProbeOptions } from "../../../lib/probe/options.ts";
import { probe } from "../../../lib/probe.ts";
import { exchangeRaw } from "../../../lib/raw.ts";
import { fixture } from "../../peer/peer.ts";
import {
  HELLO_REQUEST,
  RECORD,
  startTls12Peer,
  type Tls12Line,
  type Tls12Peer,
} from "../../peer/tls12_peer.ts";
import { ascii, LONGEST_WAIT, readAll, TLS } from "../connect.ts";
import { testRows } from "../../_test_rows.ts";
import { skipWaits } from "../../_skipped_waits.ts";

const ASKED =
  /; before that the server asked to renegotiate TLS 1\.2 \(HelloRequest\), which this TLS stack cannot do$/;
const REACH: ProbeOptions = { caCerts: [fixture("ca.pem")], maxTime: LONGEST_WAIT };
const HANDSHAKE_FAILURE = Uint8Array.of(2, 40);
const NO_RENEGOTIATION = { type: RECORD.alert, bytes: Uint8Array.of(1, 100) };
const OK = ascii("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");

async function dialPeer(peer: Tls12Peer): Promise<DialOutcome> {
  using deadline = new Deadline({ maxTime: LONGEST_WAIT });
  return await dial({ host: peer.address, port: peer.port, tls: TLS }, deadline);
}

Deno.test("TlsConnection refuses to renegotiate, reports the request, and continues reading", async () => {
  using _clock = skipWaits();
  const answers: unknown[] = [];
  await using peer = startTls12Peer(async (line) => {
    await line.send(RECORD.handshake, HELLO_REQUEST);
    answers.push(await line.receive());
    await line.send(RECORD.data, ascii("hi"));
    await line.send(RECORD.alert, HANDSHAKE_FAILURE);
  });
  const { connection, tls } = await dialPeer(peer);
  using open = connection!;
  assertEquals([tls?.version, tls?.askedToRenegotiate], ["TLSv1.2", undefined]);
  assertEquals(await readAll(open), ["hi", "error"]);
  assertEquals(open.tls, { ...tls!, askedToRenegotiate: true });
  assertEquals(answers, [NO_RENEGOTIATION]);
});

testRows(
  "TlsConnection mistakes neither data nor a broken record for a request to renegotiate",
  [
    [RECORD.data, ascii("data")],
    // Other messages of a handshake are no request either.
    [RECORD.handshake, Uint8Array.of(14, 0, 0, 0)],
    [RECORD.handshake, Uint8Array.of(5, 0, 0, 4, 1, 2)],
  ] as const,
  async ([type, bytes]) => {
    using _clock = skipWaits();
    await using peer = startTls12Peer((line) => line.send(type, bytes));
    const { connection, tls } = await dialPeer(peer);
    using open = connection!;
    await readAll(open);
    assertEquals(open.tls, tls);
  },
);

/** The behaviour of a server after its request, and the expected result. */
const ENDS: readonly (readonly [
  title: string,
  then: (line: Tls12Line) => Promise<unknown>,
  kind: string,
  options?: ProbeOptions,
])[] = [
  ["an alert", (line) => line.send(RECORD.alert, HANDSHAKE_FAILURE), "tls"],
  ["close_notify", (line) => line.send(RECORD.alert, Uint8Array.of(1, 0)), "closed"],
  ["FIN", () => Promise.resolve(), "closed"],
  ["silence", (line) => line.receive(), "timeout", { maxTime: 500 }],
];

for (const [title, then, kind, options] of ENDS) {
  for (const before of [true, false]) {
    const when = before ? "before" : "after";
    Deno.test(`probe() names a request to renegotiate ${when} the request, and ${title}`, async () => {
      using _clock = skipWaits();
      await using peer = startTls12Peer(async (line) => {
        if (!before) await line.receive();
        await line.send(RECORD.handshake, HELLO_REQUEST);
        // Either order: the request may be on its way already.
        for (let records = before ? 2 : 1; records > 0; records--) await line.receive();
        await then(line);
      });
      const { error, tls } = await probe(`https://127.0.0.1:${peer.port}/`, { ...REACH, ...options });
      assertEquals([error?.kind, error?.by, tls?.askedToRenegotiate], [kind, "target", true]);
      assertMatch(error?.message ?? "", ASKED);
      assertEquals(error?.alert, kind === "tls" ? "handshake_failure" : undefined);
    });
  }
}

Deno.test("probe() with listenFirst names a request to renegotiate while it listens", async () => {
  using _clock = skipWaits();
  await using peer = startTls12Peer(async (line) => {
    await line.send(RECORD.handshake, HELLO_REQUEST);
    await line.receive();
    await line.send(RECORD.alert, HANDSHAKE_FAILURE);
  });
  const options = { ...REACH, listenFirst: LONGEST_WAIT };
  const { error } = await probe(`https://127.0.0.1:${peer.port}/`, options);
  assertEquals([error?.kind, error?.by, error?.phase], ["tls", "target", "wait"]);
  assertMatch(error?.message ?? "", ASKED);
});

testRows(
  "probe() reports with a complete answer that the server asked to renegotiate",
  [undefined, () => {}],
  async (onWire) => {
    using _clock = skipWaits();
    await using peer = startTls12Peer(async (line) => {
      await line.receive();
      await line.send(RECORD.handshake, HELLO_REQUEST);
      await line.receive();
      await line.send(RECORD.data, OK);
    });
    const options = { ...REACH, ...(onWire && { onWire }) };
    const result = await probe(`https://127.0.0.1:${peer.port}/`, options);
    const { ok, error, tls } = result;
    assertEquals([ok, error, tls?.askedToRenegotiate], [true, undefined, true]);
    const expectations = ["not tls.askedToRenegotiate", "not error.alert"].map((text) =>
      parseExpectation(text)
    );
    assertEquals(checkResult(result, expectations).map(({ ok }) => ok), [false, true]);
  },
);

Deno.test("exchangeRaw() names a request to renegotiate", async () => {
  using _clock = skipWaits();
  await using peer = startTls12Peer(async (line) => {
    await line.receive();
    await line.send(RECORD.handshake, HELLO_REQUEST);
    await line.receive();
    await line.send(RECORD.alert, HANDSHAKE_FAILURE);
  });
  const options = { tls: { verify: false }, send: "hi", maxTime: LONGEST_WAIT };
  const { error, tls } = await exchangeRaw(`127.0.0.1:${peer.port}`, options);
  assertEquals([error?.kind, error?.by, tls?.askedToRenegotiate], ["tls", "target", true]);
  assertMatch(error?.message ?? "", ASKED);
});

Deno.test("profileConnection() names a request to renegotiate and the alert after it", async () => {
  using _clock = skipWaits();
  let connections = 0;
  await using peer = startTls12Peer(async (line) => {
    await line.receive();
    if (connections++ === 0) return await line.send(RECORD.data, OK);
    await line.send(RECORD.handshake, HELLO_REQUEST);
    await line.receive();
    await line.send(RECORD.alert, HANDSHAKE_FAILURE);
  });
  const profile = await profileConnection(`https://127.0.0.1:${peer.port}/`, {
    caCerts: [fixture("ca.pem")],
    only: ["close"],
    keepExchanges: true,
  });
  const { outcome, summary } = profile.experiments["close"]!;
  assertEquals([outcome, profile.error], ["unknown", undefined]);
  assertMatch(
    summary,
    /the server sent the TLS alert handshake_failure; before that .* asked to renegotiate/,
  );
  const kept = profile.exchanges?.["close"]?.kept[0];
  assertEquals([kept?.error?.kind, kept?.error?.by], ["tls", "target"]);
  assertMatch(kept?.error?.message ?? "", ASKED);
});
