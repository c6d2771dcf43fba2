import { assert, assertEquals, assertGreaterOrEqual, assertLess } from "@std/assert";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import type { ConnectionEnd } from "../../lib/result.ts";
import { describeWireEvent } from "../../lib/wire/describe_event.ts";
import type { WireEvent } from "../../lib/wire/wire_event.ts";
import { startPeer } from "../peer/peer.ts";
import type { Script } from "../peer/peer.ts";
import { codesOf, LAST, LONGEST, OK, probeScript, REQUEST, STALL, urlOf } from "./_peers.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** Long enough for immediate actions of the peer on a busy machine. */
const LINGER = { kept: 400, closing: 400 };

interface Row {
  readonly name: string;
  readonly script: Script;
  readonly options?: ProbeOptions;
  readonly end: readonly [by: ConnectionEnd["by"], how: ConnectionEnd["how"]];
  readonly codes?: readonly string[];
  readonly surplus?: number;
}

const OPEN = ["us", "open"] as const;
const FIN = ["peer", "fin"] as const;
const RST = ["peer", "rst"] as const;

const ROWS: readonly Row[] = [
  { name: "kept", script: [REQUEST, { send: OK }, STALL], end: OPEN },
  { name: "announced close, FIN", script: [REQUEST, { send: LAST }, { fin: true }, STALL], end: FIN },
  { name: "announced close, RST", script: [REQUEST, { send: LAST }, { pause: 20 }, { rst: true }], end: RST },
  {
    name: "announced close, left open",
    script: [REQUEST, { send: LAST }, STALL],
    end: OPEN,
    codes: ["connection-lie"],
  },
  {
    name: "HTTP/1.0, left open",
    script: [REQUEST, { send: OK.replace("1.1", "1.0") }, STALL],
    end: OPEN,
    codes: ["connection-lie"],
  },
  {
    name: "HTTP/1.0 with keep-alive",
    script: [REQUEST, { send: "HTTP/1.0 204 N\r\nConnection: keep-alive\r\n\r\n" }, STALL],
    end: OPEN,
  },
  {
    name: "silent FIN",
    script: [REQUEST, { send: OK }, { fin: true }, STALL],
    end: FIN,
    codes: ["connection-lie"],
  },
  {
    name: "silent RST",
    script: [REQUEST, { send: OK }, { pause: 20 }, { rst: true }],
    end: RST,
    codes: ["connection-lie"],
  },
  {
    name: "until close",
    script: [REQUEST, { send: "HTTP/1.1 200 OK\r\n\r\nhi" }, { fin: true }, STALL],
    end: FIN,
    codes: ["close-delimited"],
  },
  {
    name: "an answer twice",
    script: [REQUEST, { send: OK + OK }, STALL],
    end: OPEN,
    codes: ["excess-data"],
    surplus: OK.length,
  },
  {
    name: "an answer twice, one later",
    script: [REQUEST, { send: OK }, { pause: 30 }, { send: OK }, STALL],
    end: OPEN,
    codes: ["excess-data"],
    surplus: OK.length,
  },
  {
    name: "line ends after the answer",
    script: [REQUEST, { send: `${OK}\r\n` }, STALL],
    end: OPEN,
    codes: ["excess-crlf"],
    surplus: 2,
  },
  {
    name: "octets after an announced close",
    script: [REQUEST, { send: `${LAST}more` }, { fin: true }, STALL],
    end: FIN,
    codes: ["data-after-close"],
    surplus: 4,
  },
  {
    name: "octets, FIN",
    script: [REQUEST, { send: `${OK}more` }, { fin: true }, STALL],
    end: FIN,
    codes: ["excess-data", "connection-lie"],
    surplus: 4,
  },
  {
    name: "not watched",
    script: [REQUEST, { send: OK }, STALL],
    options: { linger: { kept: 0, closing: 0 } },
    end: OPEN,
  },
  {
    name: "announced close, not watched",
    script: [REQUEST, { send: LAST }, STALL],
    options: { linger: { kept: 0, closing: 0 } },
    end: OPEN,
  },
  {
    name: "HEAD",
    script: [REQUEST, { send: "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" }, STALL],
    options: { method: "HEAD" },
    end: OPEN,
  },
  {
    name: "HEAD with a body",
    script: [REQUEST, { send: OK }, STALL],
    options: { method: "HEAD" },
    end: OPEN,
    codes: ["excess-data"],
    surplus: 2,
  },
  {
    name: "101",
    script: [REQUEST, { send: "HTTP/1.1 101 S\r\nUpgrade: x\r\n\r\nbinary" }, STALL],
    options: { headers: [["Upgrade", "x"], ["Connection", "upgrade"]] },
    end: OPEN,
    surplus: 6,
  },
];

for (const { name, script, options = {}, end, codes = [], surplus = 0 } of ROWS) {
  Deno.test(`probe() reports what happens to the connection: ${name}`, async () => {
    using _clock = skipWaits();
    const begin = performance.now();
    const result = await probeScript(script, { linger: LINGER, ...options });
    const took = performance.now() - begin;
    assertEquals([result.ok, result.error], [true, undefined]);
    const { connection } = result;
    assert(connection);
    const { by, how, after } = connection.end;
    assertEquals([by, how], [...end]);
    assertEquals(codesOf(result), [...codes]);
    const offsets = result.deviations.map(({ offset }) => offset);
    assertEquals(offsets, offsets.toSorted((a, b) => a - b), "in the order of the octets");
    assertEquals(connection.surplusBytes, surplus);
    assertEquals(after === undefined, how === "open", "an end has a time");
    if (after !== undefined) assert(after >= 0 && after <= took, `${after} of ${took} ms`);
    assertEquals([connection.reused, connection.requestNumber, connection.peer.family], [false, 1, 4]);
  });
}

Deno.test("probe() watches no longer than maxTime, and draws no conclusion from a shorter watch", async () => {
  using _clock = skipWaits();
  const begin = performance.now();
  const result = await probeScript([REQUEST, { send: LAST }, STALL], {
    linger: { kept: 60_000, closing: 60_000 },
    maxTime: 300,
  });
  // Half of what it would watch without that limit.
  assertLess(performance.now() - begin, 30_000);
  assertEquals([result.ok, codesOf(result), result.connection?.end.how], [true, [], "open"]);
});

Deno.test("probe() excludes the watch from the timings", async () => {
  using _clock = skipWaits();
  const begin = performance.now();
  const result = await probeScript([REQUEST, { send: LAST }, STALL], { linger: { kept: 0, closing: 600 } });
  assertGreaterOrEqual(performance.now() - begin - result.timings.total, 599);
});

Deno.test("probe() accepts an answer while it is still sending the request", async (test) => {
  using _clock = skipWaits();
  const body = new Uint8Array(32 * 1024 * 1024);
  const refusal = "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno";
  const scripts: readonly (readonly [name: string, script: Script])[] = [
    ["left unread", [REQUEST, { deaf: true }, { send: refusal }, STALL]],
    ["reset", [REQUEST, { deaf: true }, { send: refusal }, { pause: 50 }, { rst: true }]],
    ["FIN, reset", [REQUEST, { deaf: true }, { send: refusal }, { fin: true }, { pause: 50 }, { rst: true }]],
    ["reset in the middle", [
      REQUEST,
      { deaf: true },
      { send: refusal.slice(0, -2) },
      { pause: 50 },
      { send: "no" },
      { pause: 50 },
      { rst: true },
    ]],
  ];
  await stepRows(test, scripts, async ([name, script]) => {
    const result = await probeScript(script, { method: "POST", body, keepText: true });
    assertEquals(
      [result.ok, result.status, result.body?.text, result.error],
      [true, 413, "no", undefined],
      name,
    );
    const { send, wait, total } = result.timings;
    assert(send! <= total && wait === 0, `sending is over when the answer begins: ${send} of ${total} ms`);
    assertEquals(codesOf(result), [], name);
  });
});

Deno.test("probe() reports interim responses with their times", async () => {
  using _clock = skipWaits();
  const result = await probeScript([
    REQUEST,
    { send: "HTTP/1.1 100 Continue\r\n\r\n" },
    { pause: 60 },
    { send: "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nLink: </b>\r\n\r\n" },
    { pause: 60 },
    { send: OK },
    STALL,
  ]);
  assertEquals(result.interim.map(({ status, reason, headers }) => [status, reason, headers]), [
    [100, "Continue", []],
    [103, "Early Hints", [["Link", "</a>"], ["Link", "</b>"]]],
  ]);
  const [first, second] = result.interim.map(({ at }) => at) as [number, number];
  assertGreaterOrEqual(second - first, 55);
  assertEquals(first, result.timings.wait, "the first interim response has the first octet");
  assert(first >= 0 && first < result.timings.receive!, "before the last octet");
  assertGreaterOrEqual(result.timings.receive!, 110);
});

testRows<readonly [type: string, octets: string, text: string]>("probe() decodes text by its charset", [
  ["text/plain", "\xc3\xbc", "ü"],
  ["text/plain; charset=ISO-8859-1", "\xfc", "ü"],
  ['text/plain;CHARSET="windows-1252"', "\x80", "€"],
  ["text/plain; charset=utf-16le", "h\0i\0", "hi"],
  ["text/plain; charset=shift_jis", "\x82\xa0", "あ"],
  ["text/plain; charset=none-such", "\xc3\xbc", "ü"],
  ["text/plain; charset=", "a", "a"],
  ["text/plain", "\xff\xfe", "\ufffd\ufffd"],
  ["", "\xef\xbb\xbfa", "a"],
], async ([type, octets, text]) => {
  using _clock = skipWaits();
  const answer = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${octets.length}\r\n\r\n`;
  const result = await probeScript([REQUEST, { send: answer }, { drip: octets, every: 5 }, STALL], {
    keepText: true,
  });
  assertEquals(result.body?.text, text, type);
});

Deno.test("probe() keeps content only on request, and digests the received octets", async () => {
  using _clock = skipWaits();
  const chunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\nT: u\r\n\r\n";
  const plain = await probeScript([REQUEST, { send: chunked }, STALL]);
  assertEquals(plain.body, {
    framing: "chunked",
    bytes: 3,
    wireBytes: 24,
    complete: true,
    chunks: 2,
    trailers: [["T", "u"]],
  });
  const pieces: string[] = [];
  const digested = await probeScript([REQUEST, { send: chunked }, STALL], {
    keepSha256: true,
    onBody: (data) => pieces.push(String.fromCharCode(...data)),
  });
  assertEquals(digested.body?.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assertEquals(pieces.join(""), "abc");
});

Deno.test("probe() reports everything on the wire", async () => {
  using _clock = skipWaits();
  const events: string[] = [];
  const times: number[] = [];
  const onWire = (event: WireEvent): void => {
    times.push(event.at);
    const what = event.type === "sent" || event.type === "received"
      ? `${event.type} ${event.offset} ${String.fromCharCode(...event.bytes)}`
      : describeWireEvent(event);
    events.push(`${event.connection} ${what}`);
  };
  await using peer = await startPeer([
    [REQUEST, { send: "HTTP/1.1 302 F\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n" }, { fin: true }, STALL],
    [REQUEST, { send: "HTTP/1.1 200 OK\r\n" }, { pause: 30 }, { send: "\r\n" }, { pause: 30 }, { rst: true }],
  ]);
  const bare = { "Host": null, "User-Agent": null, "Accept": null };
  const result = await probe(urlOf(peer), {
    onWire,
    headers: bare,
    maxRedirects: 1,
    maxTime: LONGEST,
    linger: LINGER,
  });
  assertEquals(result.error?.kind, "reset");
  assertEquals(events, [
    `1 connected to 127.0.0.1 port ${peer.port}`,
    "1 sent 0 GET / HTTP/1.1\r\n\r\n",
    "1 received 0 HTTP/1.1 302 F\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
    "1 closed by the peer (FIN)",
    `2 connected to 127.0.0.1 port ${peer.port}`,
    "2 sent 0 GET /b HTTP/1.1\r\n\r\n",
    "2 received 0 HTTP/1.1 200 OK\r\n",
    "2 received 17 \r\n",
    "2 reset by the peer (RST)",
  ]);
  assertEquals(times, times.toSorted((a, b) => a - b), "in the order of time");
});

Deno.test("probe() records the delay of our own event loop in the result", async () => {
  using _clock = skipWaits();
  const result = await probeScript(
    [REQUEST, { send: OK.slice(0, -2) }, { pause: 50 }, { send: "hi" }, STALL],
    {
      onBody: () => {},
      onWire: (event) => {
        const until = event.type === "received" ? performance.now() + 120 : 0;
        while (performance.now() < until);
      },
    },
  );
  assertGreaterOrEqual(result.timings.lag!, 80);
  assertLess(result.timings.lag!, result.timings.total);
});

testRows<readonly [name: string, script: Script, kind: string]>(
  "probe() tries a bare host over https, then http, and says so",
  [
    ["not TLS", [{ send: "HTTP/1.1 400 Bad Request\r\n\r\n" }, { fin: true }, STALL], "tls"],
    ["FIN", [{ expect: 1 }, { fin: true }, STALL], "closed"],
    ["RST", [{ expect: 1 }, { rst: true }], "reset"],
    ["stall", [{ expect: 1 }, STALL], "timeout"],
  ],
  async ([name, script, kind]) => {
    using _clock = skipWaits();
    await using peer = await startPeer([script, [REQUEST, { send: LAST }]]);
    const input = `127.0.0.1:${peer.port}`;
    const result = await probe(input, { maxTime: LONGEST, connectTimeout: 500 });
    assertEquals(
      [result.ok, result.input, result.url, result.status],
      [true, input, `http://${input}/`, 200],
      name,
    );
    assertEquals(
      result.attempts?.map(({ error, url }) => [error.kind, error.phase, url]),
      [[kind, "tls", `https://127.0.0.1:${peer.port}/`]],
      name,
    );
    assert((result.attempts?.[0]?.total ?? 0) > 0);
  },
);

Deno.test("probe() reserves half of the time for http if nothing answers over https", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([[{ expect: 1 }, STALL], [REQUEST, { send: LAST }]]);
  const result = await probe(`127.0.0.1:${peer.port}`, { maxTime: 2_000 });
  assertEquals([result.ok, result.status, result.attempts?.[0]?.error.kind], [true, 200, "timeout"]);
});

Deno.test("probe() stays with https once it has answered", async () => {
  using _clock = skipWaits();
  await using peer = await startPeer([REQUEST, { send: LAST }], { tls: { certificate: "self_signed" } });
  const refused = await probe(`127.0.0.1:${peer.port}`, { maxTime: LONGEST });
  assertEquals([refused.error?.kind, refused.attempts, peer.connections.length], [
    "certificate",
    undefined,
    1,
  ]);
  const accepted = await probe(`127.0.0.1:${peer.port}`, { maxTime: LONGEST, verify: false });
  assertEquals([accepted.ok, accepted.url, accepted.tls?.verified], [
    true,
    `https://127.0.0.1:${peer.port}/`,
    false,
  ]);
});

Deno.test("probe() connects through a Unix socket", { ignore: Deno.build.os === "windows" }, async () => {
  using _clock = skipWaits();
  const folder = await Deno.makeTempDir();
  try {
    await using peer = await startPeer([REQUEST, { send: LAST }], { path: `${folder}/s` });
    const result = await probe("http://any.example:81/x", { unixSocket: peer.path, maxTime: LONGEST });
    assertEquals([result.ok, result.url, result.connection?.peer.address], [
      true,
      "http://any.example:81/x",
      peer.path,
    ]);
    assertEquals(peer.connections[0]?.received.split("\r\n").slice(0, 2), [
      "GET /x HTTP/1.1",
      "Host: any.example:81",
    ]);
    const missing = await probe("http://h/", { unixSocket: `${folder}/none` });
    assertEquals([missing.error?.kind, missing.error?.phase], ["refused", "connect"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
