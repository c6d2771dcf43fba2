import { assert, assertEquals, assertGreaterOrEqual, assertLess, assertRejects } from "@std/assert";
import { probeSeries, type SeriesOptions } from "../../lib/probe/series.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { startPeer } from "../peer/peer.ts";
import type { Script } from "../peer/peer.ts";
import { codesOf, LAST, LONGEST, OK, REQUEST, STALL, urlOf } from "./_peers.ts";
import { testRows } from "../_test_rows.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** Answers many requests on one connection. */
const SERVE: Script = [{ repeat: 100, steps: [REQUEST, { send: OK }] }];

/** The results of a series, and how many connections the peer saw. */
async function runSeries(
  script: Script | readonly Script[],
  options: SeriesOptions,
): Promise<{ results: ProbeResult[]; connections: number; received: string[] }> {
  await using peer = await startPeer(script);
  const results: ProbeResult[] = [];
  for await (const result of probeSeries(urlOf(peer), { maxTime: LONGEST, ...options })) results.push(result);
  return {
    results,
    connections: peer.connections.length,
    received: peer.connections.map(({ received }) => received),
  };
}

const summary = ({ ok, connection }: ProbeResult): string =>
  `${ok ? "ok" : "failed"} ${
    connection?.reused ? "warm" : "cold"
  } ${connection?.requestNumber} ${connection?.end.by}/${connection?.end.how}`;

const KEPT = ["ok cold 1 us/open", "ok warm 2 us/open", "ok warm 3 us/open"];

const ROWS: readonly (readonly [
  name: string,
  script: Script | readonly Script[],
  options: SeriesOptions,
  results: readonly string[],
  connections: number,
])[] = [
  ["one by default", SERVE, {}, ["ok cold 1 us/open"], 1],
  [
    "on new connections",
    SERVE,
    { count: 3 },
    ["ok cold 1 us/open", "ok cold 1 us/open", "ok cold 1 us/open"],
    3,
  ],
  ["on one connection", SERVE, { count: 3, reuse: true }, KEPT, 1],
  ["on one connection, with pauses", SERVE, { count: 3, reuse: true, interval: 40 }, KEPT, 1],
  [
    "a server that announces the end",
    [REQUEST, { send: OK }, REQUEST, { send: LAST }],
    { count: 4, reuse: true },
    ["ok cold 1 us/open", "ok warm 2 peer/fin", "ok cold 1 us/open", "ok warm 2 peer/fin"],
    2,
  ],
  [
    "a server that announces the end and stays open",
    [REQUEST, { send: LAST }, STALL],
    { count: 2, reuse: true, linger: { kept: 10, closing: 50 } },
    ["ok cold 1 us/open", "ok cold 1 us/open"],
    2,
  ],
  [
    "a server that closes in between",
    [REQUEST, { send: OK }, { pause: 20 }, { fin: true }, STALL],
    { count: 2, reuse: true, interval: 300 },
    ["ok cold 1 peer/fin", "ok cold 1 us/open"],
    2,
  ],
  [
    "a server that resets in between",
    [REQUEST, { send: OK }, { pause: 20 }, { rst: true }],
    { count: 2, reuse: true, interval: 300 },
    ["ok cold 1 peer/rst", "ok cold 1 us/open"],
    2,
  ],
  [
    "a second answer in between is not taken for the next one",
    [REQUEST, { send: OK }, { pause: 20 }, { send: OK }, STALL],
    { count: 2, reuse: true, interval: 300 },
    ["ok cold 1 us/open", "ok cold 1 us/open"],
    2,
  ],
  [
    "line ends in between do no harm",
    [{ repeat: 9, steps: [REQUEST, { send: OK }, { pause: 20 }, { send: "\r\n" }] }],
    { count: 2, reuse: true, interval: 300 },
    ["ok cold 1 us/open", "ok warm 2 us/open"],
    1,
  ],
  [
    "a server that drops a request on a used connection",
    [[REQUEST, { send: OK }, REQUEST, { fin: true }, STALL], SERVE],
    { count: 3, reuse: true },
    ["ok cold 1 us/open", "failed warm 2 peer/fin", "ok cold 1 us/open"],
    2,
  ],
  [
    "a server that answers no second request",
    [[REQUEST, { send: OK }, STALL], SERVE],
    { count: 3, reuse: true, maxTime: 250 },
    ["ok cold 1 us/open", "failed warm 2 us/closed", "ok cold 1 us/open"],
    2,
  ],
];

for (const [name, script, options, expected, connections] of ROWS) {
  Deno.test(`probeSeries() sends requests: ${name}`, async () => {
    using _clock = skipWaits();
    const series = await runSeries(script, options);
    assertEquals(series.results.map(summary), [...expected]);
    assertEquals(series.connections, connections);
  });
}

Deno.test("probeSeries() separates cold and warm timings", async () => {
  using _clock = skipWaits();
  const { results } = await runSeries(SERVE, { count: 2, reuse: true });
  const [cold, warm] = results.map(({ timings }) => Object.keys(timings));
  assertEquals(cold, ["connect", "send", "wait", "receive", "total", "own", "lag", "lost"]);
  assertEquals(warm, ["send", "wait", "receive", "total", "own", "lag", "lost"]);
});

Deno.test("probeSeries() reports stray octets in the result after which they arrived", async () => {
  using _clock = skipWaits();
  const script: Script = [REQUEST, { send: OK }, REQUEST, { send: `${OK}surplus` }, STALL];
  const { results, connections } = await runSeries([script, SERVE], {
    count: 3,
    reuse: true,
    linger: { kept: 200, closing: 200 },
  });
  assertEquals(results.map(codesOf), [[], ["excess-data"], []]);
  assertEquals(results.map(({ connection }) => connection?.surplusBytes), [0, 7, 0]);
  assertEquals(connections, 2);
});

testRows(
  "probeSeries() starts requests at the interval, later after one that took longer",
  [false, true],
  async (reuse) => {
    using _clock = skipWaits();
    const slow: Script = [{ repeat: 3, steps: [REQUEST, { pause: 150 }, { send: OK }] }];
    const { results } = await runSeries(SERVE, { count: 4, interval: 1_000, reuse });
    const starts = results.map(({ startedAt }) => Date.parse(startedAt));
    for (let i = 1; i < starts.length; i++) assertGreaterOrEqual(starts[i]! - starts[i - 1]!, 900);
    // On schedule, apart from the time that the requests and this machine took.
    const busy = results.reduce((sum, { timings: { total, lost = 0 } }) => sum + total + lost, 0);
    assertLess(starts[3]! - starts[0]!, 2 * (3_000 + busy));
    const late = await runSeries(slow, { count: 3, interval: 20, reuse });
    assertEquals(late.results.map(({ ok }) => ok), [true, true, true]);
  },
);

testRows<
  readonly [
    name: string,
    script: Script,
    options: SeriesOptions,
    kinds: (string | undefined)[],
  ]
>("probeSeries() ends immediately when its signal aborts", [
  ["in a pause", SERVE, { interval: 60_000 }, [undefined]],
  ["in a pause on one connection", SERVE, { interval: 60_000, reuse: true }, [undefined]],
  ["in a request", [REQUEST, STALL], {}, ["aborted"]],
  ["in a request on one connection", [REQUEST, { send: OK }, REQUEST, STALL], { reuse: true }, [
    undefined,
    "aborted",
  ]],
], async ([name, script, options, kinds]) => {
  using _clock = skipWaits();
  const begin = performance.now();
  const { results } = await runSeries(script, { count: 5, ...options, signal: AbortSignal.timeout(200) });
  assertLess(performance.now() - begin, 30_000, name);
  assertEquals(results.map(({ error }) => error?.kind), kinds, name);
});

Deno.test("probeSeries() closes its connection when the caller leaves the loop", async () => {
  using _clock = skipWaits();
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async (): Promise<number> => {
    using connection = await listener.accept();
    let requests = 0;
    while (await connection.read(new Uint8Array(4096)) !== null) {
      requests++;
      await connection.write(new TextEncoder().encode(OK));
    }
    return requests;
  })();
  const url = `http://127.0.0.1:${listener.addr.port}/`;
  for await (const result of probeSeries(url, { count: 9, reuse: true, maxTime: LONGEST })) {
    if (result.connection?.requestNumber === 2) break;
  }
  assertEquals(await serving, 2);
});

Deno.test("probeSeries() determines the scheme of a bare host once", async () => {
  using _clock = skipWaits();
  const { results, connections } = await (async () => {
    await using peer = await startPeer([[{ expect: 1 }, { fin: true }, STALL], SERVE]);
    const results: ProbeResult[] = [];
    const target = `${peer.address}:${peer.port}`;
    for await (const result of probeSeries(target, { count: 3, reuse: true, maxTime: LONGEST })) {
      results.push(result);
    }
    return { results, connections: peer.connections.length };
  })();
  assertEquals(results.map(({ attempts, url }) => [attempts?.length, new URL(url).protocol]), [[1, "http:"], [
    undefined,
    "http:",
  ], [undefined, "http:"]]);
  assertEquals(connections, 2);
  assert(results[0]?.attempts?.[0]?.error.phase === "tls");
});

testRows("probeSeries() refuses an invalid count", [0, -1, 1.5, NaN, Infinity], async (count) => {
  using _clock = skipWaits();
  await assertRejects(
    () => probeSeries("http://127.0.0.1:1/", { count }).next(),
    RangeError,
    `Cannot send ${count} requests`,
  );
});

testRows("probeSeries() waits between requests, but not after the last one", [false, true], async (reuse) => {
  using _clock = skipWaits();
  const signal = AbortSignal.timeout(30_000);
  const { results } = await runSeries(SERVE, { count: 1, interval: 3_600_000, reuse, signal });
  assertEquals([results.length, signal.aborted], [1, false]);
});
