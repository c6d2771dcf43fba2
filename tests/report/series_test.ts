import { assertEquals } from "@std/assert";
import type { ProbeResult } from "../../lib/result.ts";
import { Series } from "../../lib/report/series.ts";
import { formatSeriesHeader, formatSeriesRow, formatSeriesSummary } from "../../lib/report/series_text.ts";
import { goodConnection, plainResult, refusedResult } from "./_samples.ts";
import { stepRows, testRows } from "../_test_rows.ts";

function answer(reused: boolean, timings: ProbeResult["timings"]): ProbeResult {
  return plainResult({ timings, connection: goodConnection({ reused }) });
}

const LOCAL = refusedResult({
  error: { kind: "resource", phase: "connect", by: "local", message: "Too many open files" },
});

function sampleSeries(): Series {
  const series = new Series();
  series.add(answer(false, { connect: 5, wait: 20, total: 30 }));
  for (let ms = 10; ms >= 1; ms--) series.add(answer(true, { wait: ms, total: ms + 1 }));
  series.add(answer(false, { dns: 3, connect: 7, wait: 22, total: 40 }));
  series.add(refusedResult());
  series.add(LOCAL);
  return series;
}

Deno.test(
  "Series separates cold and warm requests, and does not count local faults as loss",
  { permissions: "none" },
  () => {
    const one = (ms: number) => ({ count: 1, min: ms, median: ms, max: ms });
    const two = (low: number, high: number) => ({ count: 2, min: low, median: low, max: high });
    assertEquals(sampleSeries().summary(), {
      sent: 14,
      answered: 12,
      lost: 1,
      unmeasured: 1,
      lostShare: 1 / 13,
      statuses: [["200", 12]],
      errors: [["refused", 1], ["resource", 1]],
      cold: { connect: two(5, 7), wait: two(20, 22), total: two(30, 40), dns: one(3) },
      warm: {
        wait: { count: 10, min: 1, median: 5, p90: 9, max: 10 },
        total: { count: 10, min: 2, median: 6, p90: 10, max: 11 },
      },
    });
  },
);

Deno.test("Series counts the time of all hops", { permissions: "none" }, () => {
  const series = new Series();
  const first = plainResult({ timings: { wait: 1000, total: 1200 } });
  series.add(plainResult({ timings: { wait: 700, total: 900 }, redirects: [first] }));
  const { wait, total } = series.summary().cold;
  assertEquals([wait?.max, total?.max], [1700, 2100]);
});

Deno.test("Series has figures for no results and for failures alone", { permissions: "none" }, () => {
  const series = new Series();
  const counts = { sent: 0, answered: 0, lost: 0, unmeasured: 0, lostShare: 0 };
  const empty = { ...counts, statuses: [], errors: [], cold: {}, warm: {} };
  assertEquals(series.summary(), empty);
  series.add(LOCAL);
  assertEquals(series.summary(), { ...empty, sent: 1, unmeasured: 1, errors: [["resource", 1]] });
  series.add(refusedResult());
  const errors = [["refused", 1], ["resource", 1]] as const;
  assertEquals(series.summary(), { ...empty, sent: 2, unmeasured: 1, lost: 1, lostShare: 1, errors });
});

Deno.test(
  "formatSeriesSummary() shows counts, then the figures of cold and warm",
  { permissions: "none" },
  () => {
    const lines = [
      "14 sent, 12 answered, 1 lost (7.69 %), 1 not measured (local fault)",
      "status       200: 12",
      "errors       refused: 1; resource: 1",
      "",
      "new connections: cold",
      "              count      min   median      p90      p99      max",
      "  dns             1     3 ms     3 ms        -        -     3 ms",
      "  connect         2     5 ms     5 ms        -        -     7 ms",
      "  wait            2    20 ms    20 ms        -        -    22 ms",
      "  total           2    30 ms    30 ms        -        -    40 ms",
      "",
      "reused connections: warm",
      "              count      min   median      p90      p99      max",
      "  wait           10     1 ms     5 ms     9 ms        -    10 ms",
      "  total          10     2 ms     6 ms    10 ms        -    11 ms",
    ];
    assertEquals(formatSeriesSummary(sampleSeries().summary()).split("\n"), lines);
    assertEquals(formatSeriesSummary(new Series().summary()), "0 sent, 0 answered, 0 lost (0 %)");
  },
);

Deno.test(
  "formatSeriesRow() numbers the requests and marks cold ones",
  { permissions: "none" },
  async (test) => {
    assertEquals(formatSeriesHeader(), "   # status      reuse    time    wait conn       dev");
    const rows: [result: ProbeResult, number: number, line: string][] = [
      [answer(true, { wait: 1, total: 2 }), 1, "   1 200         warm     2 ms    1 ms open         0"],
      [
        answer(false, { wait: 1, total: 2 }),
        12_345,
        "12345 200         cold     2 ms    1 ms open         0",
      ],
      [
        refusedResult(),
        3,
        "   3 refused     -      0.9 ms       - -            0\n                 connection refused",
      ],
    ];
    await stepRows(test, rows, ([result, number, line]) => {
      assertEquals(formatSeriesRow(result, number), line);
    });
  },
);

Deno.test(
  "formatSeriesSummary() names the time of sonde itself, and formatSeriesRow() why a connection is new",
  {
    permissions: "none",
  },
  () => {
    const series = new Series();
    series.add(answer(false, { wait: 1, own: 2, total: 3 }));
    const lines = formatSeriesSummary(series.summary()).split("\n");
    assertEquals(lines.find((line) => line.startsWith("  sonde "))?.split(/ {2,}/).slice(1, 3), [
      "sonde",
      "1",
    ]);
    const newConnection = { why: "announced", message: "the previous answer ends its connection" } as const;
    assertEquals(
      formatSeriesRow(plainResult({ newConnection }), 2).split("\n")[1]?.trim(),
      "new connection: the previous answer ends its connection",
    );
  },
);

testRows<[width: number, previous: ProbeResult, lines: number]>(
  "formatSeriesRow() repeats no cause below a row, and every cause in a line for programs",
  [[80, refusedResult(), 1], [80, LOCAL, 2], [80, answer(true, { total: 1 }), 2], [
    Infinity,
    refusedResult(),
    1,
  ]],
  ([width, previous, lines]) => {
    const row = formatSeriesRow(refusedResult(), 2, { width, previous });
    assertEquals(row.split("\n").length, lines);
    assertEquals(row.includes("connection refused"), lines === 2 || width === Infinity);
  },
  { permissions: "none" },
);
