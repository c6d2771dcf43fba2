import { assertEquals, assertLess, assertMatch } from "@std/assert";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import { probe } from "../../lib/probe.ts";
import { probeSeries } from "../../lib/probe/series.ts";
import { formatResult } from "../../lib/report/text.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { fixture, type PeerOptions, type Script, startPeer } from "../peer/peer.ts";
import { LAST, LONGEST, OK, REQUEST, STALL, urlOf } from "./_peers.ts";
import { stepRows, testRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** More than the buffers of both sides hold. */
const SIZE = 12 * 1024 * 1024;
const REFUSAL = "HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n";

async function upload(
  script: Script | readonly Script[],
  options: ProbeOptions = {},
  peerOptions: PeerOptions = {},
): Promise<{ result: ProbeResult; received: number }> {
  await using peer = await startPeer(script, peerOptions);
  const url = peerOptions.tls ? `https://localhost:${peer.port}/` : urlOf(peer);
  const result = await probe(url, {
    method: "POST",
    body: new Uint8Array(SIZE),
    maxTime: LONGEST,
    caCerts: [fixture("ca.pem")],
    linger: { kept: 0, closing: 0 },
    ...options,
  });
  return { result, received: peer.connections[0]!.received.length };
}

testRows<[name: string, script: Script, peerOptions: PeerOptions]>(
  "probe() continues sending after an answer that allows it",
  [
    ["200", [REQUEST, { send: OK }, { expect: SIZE }, STALL], {}],
    [
      "200 and more octets",
      [REQUEST, { send: OK }, { expect: 1024 }, { send: "x" }, { expect: SIZE - 1024 }],
      {},
    ],
    ["200 over TLS", [REQUEST, { send: OK }, { expect: SIZE }, STALL], { tls: { certificate: "good" } }],
  ],
  async ([name, script, peerOptions]) => {
    using _clock = skipWaits();
    const { result, received } = await upload(script, {}, peerOptions);
    assertEquals([result.ok, result.status, result.error], [true, 200, undefined], name);
    assertEquals(result.request, { bytes: received, sentBytes: received, complete: true }, name);
    const { total, lag: _, lost: __, ...phases } = result.timings;
    assertLess(Math.abs(Object.values(phases).reduce((sum, ms) => sum + ms, 0) - total), 0.01, name);
  },
);

testRows<[name: string, script: Script, how: string, status: number]>(
  "probe() reports how much it sent if the answer or the close ends the upload",
  [
    ["413", [REQUEST, { send: REFUSAL }, STALL], "closed", 413],
    ["500", [REQUEST, { send: REFUSAL.replace("413", "500") }, STALL], "closed", 500],
    ["200 with close", [REQUEST, { send: LAST }, STALL], "closed", 200],
    ["200, then FIN", [REQUEST, { deaf: true }, { send: OK }, { fin: true }, STALL], "fin", 200],
    ["200, then RST", [REQUEST, { deaf: true }, { send: OK }, { pause: 50 }, { rst: true }], "rst", 200],
  ],
  async ([name, script, how, status]) => {
    using _clock = skipWaits();
    const { result, received } = await upload(script);
    assertEquals([result.ok, result.status, result.error], [true, status, undefined], name);
    assertEquals([result.request?.complete, result.connection?.end.how], [false, how], name);
    const { sentBytes = 0, bytes = 0 } = result.request ?? {};
    assertLess(sentBytes, bytes, name);
    assertEquals(received <= sentBytes, true, `${name}: ${received} of ${sentBytes}`);
    assertMatch(
      formatResult(result),
      /upload +request not sent to its end: [\d,]+ of 12,583,\d+ octets/,
      name,
    );
  },
);

/** Aborts a while after octets came. */
function abortAfterAnswer(): ProbeOptions {
  const stop = new AbortController();
  return {
    signal: stop.signal,
    onWire: ({ type }) => void (type === "received" && setTimeout(() => stop.abort(), 100)),
  };
}

testRows<[name: string, options: () => ProbeOptions, error: RegExp]>(
  "probe() ends an upload at its time limit, and keeps the received answer",
  [
    [
      "time",
      () => ({ maxTime: 2_000 }),
      /^timeout send target: Cannot send the rest of POST http.*: the whole exchange took longer than 2 s$/,
    ],
    [
      "abort",
      abortAfterAnswer,
      /^aborted send local: Cannot send the rest of POST /,
    ],
  ],
  async ([name, options, error]) => {
    using _clock = skipWaits();
    const { result } = await upload([REQUEST, { deaf: true }, { send: OK }, STALL], options());
    const { kind, phase, by, message } = result.error ?? {};
    assertMatch(`${kind} ${phase} ${by}: ${message}`, error, name);
    assertEquals([result.ok, result.status, result.request?.complete], [false, 200, false], name);
  },
);

Deno.test("probe() follows a redirect once the whole request was sent", async () => {
  using _clock = skipWaits();
  const away = "HTTP/1.1 307 Elsewhere\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n";
  const { result } = await upload([
    [REQUEST, { send: away }, { expect: SIZE }, STALL],
    [REQUEST, { expect: SIZE }, { send: OK }, STALL],
  ], { maxRedirects: 3 });
  assertEquals([result.status, result.redirects.length], [200, 1]);
  assertEquals([...result.redirects, result].map(({ request }) => request?.complete), [true, true]);
});

Deno.test("probeSeries() uses a connection again only after the whole request was sent", async (test) => {
  using _clock = skipWaits();
  const whole: Script = [
    REQUEST,
    { send: OK },
    { expect: SIZE },
    REQUEST,
    { send: OK },
    { expect: SIZE },
    STALL,
  ];
  const broken: Script = [REQUEST, { send: REFUSAL }, STALL];
  const rows: [script: Script, complete: boolean, reused: boolean, why: string | undefined][] = [
    [whole, true, true, undefined],
    [broken, false, false, "closed"],
  ];
  await stepRows(test, rows, async ([script, complete, reused, why]) => {
    await using peer = await startPeer(script);
    const options = { method: "POST", body: new Uint8Array(SIZE), count: 2, reuse: true, maxTime: LONGEST };
    const results = await Array.fromAsync(probeSeries(urlOf(peer), options));
    assertEquals(results.map(({ request }) => request?.complete), [complete, complete]);
    assertEquals(results.map(({ connection }) => connection?.reused), [false, reused]);
    assertEquals(results[1]?.newConnection?.why, why);
  });
});
