import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { percentile } from "../../../lib/report/percentile.ts";
import { BatchTally } from "../../../lib/report/summary/batch_summary.ts";
import { formatBatchSummary } from "../../../lib/report/summary/batch_summary_text.ts";
import { Histogram } from "../../../lib/report/summary/histogram.ts";
import type { ConnectionFacts, ProbeResult } from "../../../lib/result.ts";
import {
  goodConnection,
  goodResult,
  hostileResult,
  plainResult,
  refusedResult,
  truncatedResult,
} from "../_samples.ts";
import { makeDeviation } from "../../../lib/http/deviation.ts";
import { stepRows, testRows } from "../../_test_rows.ts";
import { assertNarrow } from "../../text/_narrow.ts";

Deno.test(
  "Histogram is within 1 % of the percentiles of all values",
  { permissions: "none" },
  async (test) => {
    const histogram = new Histogram();
    const values = Array.from({ length: 5_000 }, (_, index) => 0.002 * 1.003 ** index);
    for (const value of values) histogram.add(value);
    await stepRows(test, [0, 1, 50, 90, 99, 99.9, 100], (p) => {
      const exact = percentile(values, p)!;
      assertAlmostEquals(histogram.percentile(p)!, exact, 0.0101 * exact, `p${p}`);
    });
    assertEquals([histogram.count, histogram.max], [5_000, values.at(-1)]);
  },
);

Deno.test(
  "Histogram handles zero, a single value and values beyond its buckets",
  { permissions: "none" },
  async (test) => {
    await stepRows(test, [0, 0.0005, 7, 1e12], (value) => {
      const histogram = new Histogram();
      histogram.add(value);
      assertEquals([histogram.percentile(0), histogram.percentile(100)], [value, value]);
    });
    assertEquals(new Histogram().percentile(50), undefined);
  },
);

testRows(
  "Histogram uses the nearest rank, like percentile()",
  [0, 10, 25, 50, 75, 90, 99, 100],
  (p) => {
    for (let count = 1; count <= 25; count++) {
      const values = Array.from({ length: count }, (_, index) => 2 ** index);
      const histogram = new Histogram();
      for (const value of values) histogram.add(value);
      const exact = percentile(values, p)!;
      assertAlmostEquals(histogram.percentile(p)!, exact, 0.0101 * exact, `p${p} of ${count}`);
    }
  },
  { permissions: "none" },
);

function tallyOf(...results: Parameters<BatchTally["add"]>[0][]): BatchTally {
  const tally = new BatchTally();
  for (const result of results) tally.add(result);
  return tally;
}

Deno.test(
  "BatchTally counts by verdict, status, error, connection and deviation",
  { permissions: "none" },
  () => {
    const usage = goodResult({
      ok: false,
      error: { kind: "usage", phase: "dns", by: "local", message: "bad line" },
    });
    delete usage.status;
    delete usage.connection;
    const { deviations } = hostileResult();
    const summary = tallyOf(
      goodResult(),
      goodResult({ status: 404, ok: false, deviations: [...deviations, ...deviations] }),
      refusedResult(),
      usage,
    ).summary();
    const { rows, ok, failed, unmeasured } = summary;
    assertEquals({ rows, ok, failed, unmeasured }, { rows: 4, ok: 1, failed: 2, unmeasured: 1 });
    assertEquals(summary.statuses, [["200", 1], ["404", 1]]);
    assertEquals(summary.errors, [["refused", 1], ["usage", 1]]);
    assertEquals(summary.connections[0], ["left open", 2]);
    for (const [code, count] of summary.deviations) assertEquals(count, 1, code);
    assertEquals(summary.phases.total?.count, 2);
  },
);

Deno.test("BatchTally counts the time of all hops", { permissions: "none" }, () => {
  const tally = new BatchTally();
  const first = plainResult({ timings: { connect: 200, total: 1200 } });
  tally.add(plainResult({ timings: { connect: 100, total: 900 }, redirects: [first] }));
  const { slowest, phases } = tally.summary();
  assertEquals([slowest[0]?.total, phases.total?.max, phases.connect?.max], [2100, 2100, 300]);
});

Deno.test("BatchTally keeps the five slowest, the slowest first", { permissions: "none" }, () => {
  const totals = [5, 90, 1, 40, 70, 30, 80, 20];
  const tally = tallyOf(...totals.map((total) => goodResult({ input: `${total}`, timings: { total } })));
  assertEquals(tally.summary().slowest.map(({ total }) => total), [90, 80, 70, 40, 30]);
});

Deno.test("BatchTally reports the share of rows with a delay of our own, above a threshold", {
  permissions: "none",
}, () => {
  const row = (concurrency: number, lag: number) => goodResult({ concurrency, timings: { total: 50, lag } });
  const rows = [10, 40, 100].flatMap((concurrency) =>
    Array.from({ length: 100 }, (_, index) => row(concurrency, concurrency > 32 && index < 20 ? 30 : 1))
  );
  const { lag } = tallyOf(...rows, row(1, 45)).summary();
  assertAlmostEquals(lag.affectedShare, 41 / 301);
  assertEquals([lag.worst, lag.from], [45, 32]);
  assertEquals(tallyOf(row(10, 1)).summary().lag, { affectedShare: 0, worst: 1 });
});

Deno.test("BatchTally distinguishes rows over http after a failure of https from rows after retries", {
  permissions: "none",
}, async (test) => {
  const { error } = refusedResult();
  const retry = { error: error!, total: 1 };
  const overHttps = { ...retry, url: "https://a/" };
  const rows: [
    attempts: NonNullable<ProbeResult["attempts"]>[],
    retried: number,
    plain: number,
    text: string,
  ][] = [
    [[[]], 0, 0, "1 ok, 0 failed"],
    [[[overHttps]], 0, 1, "1 ok, 0 failed; 1 over http, as https failed"],
    [[[retry]], 1, 0, "1 ok, 0 failed; 1 after retries"],
    [[[retry, overHttps]], 1, 1, "1 ok, 0 failed; 1 after retries; 1 over http, as https failed"],
    [[[retry, retry], [overHttps], [overHttps]], 1, 2, "; 1 after retries; 2 over http, as https failed"],
  ];
  await stepRows(test, rows, ([attempts, retried, plain, text]) => {
    const summary = tallyOf(...attempts.map((attempts) => goodResult({ attempts }))).summary();
    assertEquals([summary.retried, summary.plainInstead], [retried, plain], text);
    assertStringIncludes(formatBatchSummary(summary, { elapsed: 1, width: 200 }).split("\n")[0]!, text);
  });
  // A row that failed over both has not been answered over http.
  const failed = tallyOf({ ...refusedResult(), attempts: [overHttps] }).summary();
  assertEquals([failed.retried, failed.plainInstead], [0, 0]);
});

testRows<[total: number, lag: number, counted: boolean]>(
  "BatchTally reports delay from 5 ms and a tenth of the total upwards, and from 20 rows upwards",
  [
    [20, 4.9, false],
    [20, 5, true],
    [50, 5, false],
    [49, 5, true],
    [1_000, 100, false],
    [1_000, 101, true],
  ],
  ([total, lag, counted]) => {
    const row = goodResult({ concurrency: 1, timings: { total, lag } });
    const few = tallyOf(...Array<ProbeResult>(19).fill(row)).summary().lag;
    const enough = tallyOf(...Array<ProbeResult>(20).fill(row)).summary().lag;
    const share = counted ? 1 : 0;
    assertEquals([few.affectedShare, few.from], [share, undefined], `${lag} of ${total} ms`);
    assertEquals(
      [enough.affectedShare, enough.from],
      [share, counted ? 1 : undefined],
      `${lag} of ${total} ms`,
    );
  },
  {
    permissions: "none",
  },
);

Deno.test(
  "BatchTally lists equally frequent entries in the order of their names",
  { permissions: "none" },
  () => {
    const statuses = [503, 200, 404, 404, 301];
    assertEquals(tallyOf(...statuses.map((status) => goodResult({ status }))).summary().statuses, [
      ["404", 2],
      ["200", 1],
      ["301", 1],
      ["503", 1],
    ]);
  },
);

const SITES = Array.from({ length: 6 }, (_, index) =>
  goodResult({
    input: `https://shop.example.test/a/long/path/that/needs/more/room/${index}`,
    timings: { total: 10 ** index },
    status: index === 5 ? 404 : 200,
  }));

testRows<[width: number, lines: string[]]>(
  "formatBatchSummary() keeps each of the slowest targets whole",
  [
    [120, [
      "slowest       1m 40s 404 https://shop.example.test/a/long/path/that/needs/more/room/5",
      "                10 s 200 https://shop.example.test/a/long/path/that/needs/more/room/4",
    ]],
    [80, [
      "slowest       1m 40s 404",
      "               https://shop.example.test/a/long/path/that/needs/more/room/5",
      "                10 s 200",
    ]],
    [40, [
      "slowest",
      "   1m 40s 404",
      "  https://shop.example.test/a/long/path/that/needs/more/room/5",
    ]],
  ],
  ([width, lines]) => {
    const found = formatBatchSummary(tallyOf(...SITES).summary(), { width }).split("\n");
    const start = found.findIndex((line) => line.startsWith("slowest"));
    assertEquals(found.slice(start, start + lines.length), lines);
    const few = formatBatchSummary(tallyOf(...SITES.slice(1)).summary(), { width });
    assertEquals(few.includes("slowest"), false, "the rows are on the screen");
  },
  { permissions: "none" },
);

testRows<[width: number]>(
  "formatBatchSummary() has no slowest target if no line of the list is a target",
  [[40], [80]],
  ([width]) => {
    const error = { kind: "usage", phase: "dns", by: "local", message: "no host" } as const;
    const rows = Array.from({ length: 6 }, () => plainResult({ ok: false, error, timings: { total: 0 } }));
    const text = formatBatchSummary(tallyOf(...rows).summary(), { width });
    assertStringIncludes(text, "usage: 6");
    assertEquals(text.includes("slowest"), false);
  },
  { permissions: "none" },
);

Deno.test("BatchTally tells apart slow targets with the same name", { permissions: "none" }, () => {
  const { slowest } = tallyOf(goodResult({ input: "a.test", address: "192.0.2.1", tag: "eu" })).summary();
  assertEquals(slowest.map(({ input, address, tag }) => [input, address, tag]), [[
    "a.test",
    "192.0.2.1",
    "eu",
  ]]);
});

const LIE = makeDeviation("connection-lie", 0, "The server closed the connection");
const CUT = makeDeviation("tls-truncated", 0, "The server cut the connection");
const closed = (): ConnectionFacts => goodConnection({ end: { by: "peer", how: "fin", after: 1 } });
const cut = (): ConnectionFacts =>
  goodConnection({ announced: { persistent: false }, end: { by: "peer", how: "tls-truncated", after: 1 } });

testRows<[results: ProbeResult[], lines: string[]]>(
  "formatBatchSummary() says one fact once",
  [
    [[plainResult()], ["status       200: 1", "conn         left open: 1"]],
    [[plainResult({ connection: closed(), deviations: [LIE] })], [
      "conn         closed by the server: 1",
      "deviations   connection-lie: 1",
    ]],
    // Without the deviation, only the connection tells it.
    [[plainResult({ connection: closed(), deviations: [] })], [
      "conn         against the announcement: 1; closed by the server: 1",
    ]],
    [[plainResult({ connection: cut(), deviations: [CUT] })], [
      "conn         cut without close_notify by the server: 1",
    ]],
    [[plainResult({ deviations: [CUT] })], ["conn         left open: 1", "deviations   tls-truncated: 1"]],
    // The kind of the error tells how the connection ended.
    [[truncatedResult({ deviations: [] })], ["errors       truncated: 1"]],
  ],
  ([results, lines]) => {
    const found = formatBatchSummary(tallyOf(...results).summary(), { width: 80 }).split("\n");
    assertEquals(
      found.filter((line) => /^(conn|deviations|errors) /.test(line) || lines.includes(line)),
      lines,
    );
  },
  { permissions: "none" },
);

Deno.test(
  "formatBatchSummary() fits the terminal and lets no escape through",
  { permissions: "none" },
  async (test) => {
    const tally = tallyOf(
      goodResult({ attempts: [] }),
      refusedResult(),
      hostileResult(),
      goodResult({ ok: false }),
    );
    await stepRows(test, [40, 80, 132], (width) => {
      const text = formatBatchSummary(tally.summary(), { elapsed: 2000, width });
      assertNarrow(text, width, "formatBatchSummary");
      for (const line of text.split("\n")) {
        // deno-lint-ignore no-control-regex -- that is what must not be there
        assert(!/[\x00-\x1f\x7f-\x9f]/.test(line), JSON.stringify(line));
      }
    });
    assertStringIncludes(
      formatBatchSummary(tally.summary(), { elapsed: 2000 }),
      "4 targets in 2 s (2/s):",
    );
    assertStringIncludes(
      formatBatchSummary(tally.summary(), { elapsed: 10_000, interrupted: "after 4 of 9 targets" }),
      "4 targets in 10 s (24/min): 1 ok, 3 failed; 1 after retries\ninterrupted  after 4 of 9 targets\n",
    );
    assertStringIncludes(formatBatchSummary(new BatchTally().summary(), { elapsed: 0 }), "0 targets");
    assertStringIncludes(formatBatchSummary(new BatchTally().summary()), "0 targets: 0 ok");
  },
);
