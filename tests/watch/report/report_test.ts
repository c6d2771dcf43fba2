import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { History } from "../../../lib/watch/history/history.ts";
import { HistoryError } from "../../../lib/watch/history/history_error.ts";
import type { ChangeRow } from "../../../lib/watch/report/change_row.ts";
import { renderPlot } from "../../../lib/watch/report/html/plot.ts";
import { renderStrip } from "../../../lib/watch/report/html/strip.ts";
import { observedTime } from "../../../lib/watch/report/observed_time.ts";
import { findOutages } from "../../../lib/watch/report/outages.ts";
import { readReport } from "../../../lib/watch/report/read_report.ts";
import { formatReportCsv } from "../../../lib/watch/report/report_csv.ts";
import { formatUptime } from "../../../lib/watch/report/report_figures.ts";
import { formatReportHtml } from "../../../lib/watch/report/report_html.ts";
import { formatReportText } from "../../../lib/watch/report/report_text.ts";
import type { RunColumns } from "../../../lib/watch/report/run_columns.ts";
import { summariseCheck } from "../../../lib/watch/report/summarise_check.ts";
import type { ReportBucket, UptimeReport } from "../../../lib/watch/report/uptime_report.ts";
import type { Verdict } from "../../../lib/watch/run_task.ts";
import type { TaskRun } from "../../../lib/watch/run_task.ts";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { goodTls, HOSTILE } from "../../report/_samples.ts";
import { runAt, task } from "../_samples.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const VERDICTS: Record<string, Verdict> = { u: "up", g: "degraded", d: "down", x: "unknown" };

/** One run per 60 s; a blank stands for a missing run. Each run waits 10 ms longer than the previous one. */
function runs(letters: string): RunColumns {
  const places = [...letters].flatMap((letter, index) => letter === " " ? [] : [index]);
  const answered = places.filter((index) => "ug".includes(letters[index]!));
  const column = (of: (index: number) => number) =>
    Float64Array.from(places, (index) => answered.includes(index) ? of(index) : NaN);
  const wait = (index: number) => 10 * (index + 1);
  return {
    at: Float64Array.from(places, (index) => index * 60_000),
    verdicts: places.map((index) => VERDICTS[letters[index]!]!),
    times: {
      dns: column(() => 1),
      connect: column(() => 2),
      tls: column(() => NaN),
      send: column(() => 0),
      wait: column(wait),
      receive: column(() => 3),
      total: column((index) => 16 + wait(index)),
    },
    skipped: places.length,
    certificateDays: answered.length === 0 ? null : 80 - answered.at(-1)!,
  };
}

function change(
  kind: "up" | "down" | "degraded",
  from: ChangeRow["from"],
  since: number,
  at = since,
): ChangeRow {
  return { kind, from, to: kind, since, at, cause: `was ${from}` };
}

Deno.test("observedTime() counts the time that runs cover", { permissions: "none" }, async (test) => {
  const minute = 60_000;
  const rows: [letters: string, interval: number, window: [number, number], stretches: [number, number][]][] =
    [
      ["", minute, [0, 10], []],
      ["uuuu", minute, [0, 4], [[0, 4]]],
      ["uuuu", minute, [0, 20], [[0, 5.5]]],
      ["uuuu", minute, [-5, 2.5], [[0, 2.5]]],
      ["uuu          uuu", minute, [0, 16], [[0, 4.5], [13, 16]]],
      ["uxxu", minute, [0, 4], [[0, 1], [3, 4]]],
      // Run by cron each five minutes, with the interval of one minute left in the file.
      ["u    d    u    u", minute, [0, 20], [[0, 20]]],
    ];
  await stepRows(test, rows, ([letters, interval, [from, to], stretches]) => {
    assertEquals(
      observedTime(runs(letters), interval, { from: from * minute, to: to * minute }),
      stretches.map(([start, end]) => ({ start: start * minute, end: end * minute })),
      letters,
    );
  });
});

testRows<[changes: ChangeRow[], outages: [number, number | undefined][]]>(
  "findOutages() dates an outage from the first failed run to the first good one",
  [
    [[], []],
    [[change("down", "up", 120, 140), change("up", "down", 150, 160)], [[120, 150]]],
    [[change("down", "new", 120)], [[120, undefined]]],
    [[change("down", "up", 20), change("up", "down", 50)], []],
    [[change("down", "up", 20), change("up", "down", 110)], [[20, 110]]],
    [[change("down", "up", 20)], [[20, undefined]]],
    [[change("down", "degraded", 110), change("degraded", "down", 120), change("up", "degraded", 130)], [[
      110,
      120,
    ]]],
    [[change("up", "down", 110)], []],
  ],
  ([changes, outages]) => {
    const window = { from: 100, to: 200 };
    assertEquals(findOutages(changes, window).map(({ start, end }) => [start, end]), outages);
  },
  { permissions: "none" },
);

function summary(letters: string, changes: ChangeRow[] = [], parts = 2) {
  const rows = {
    name: "a",
    url: "http://a.test/",
    tags: [],
    interval: 60_000,
    condition: "up" as const,
    changes,
  };
  return summariseCheck({ ...rows, runs: runs(letters) }, { from: 0, to: letters.length * 60_000 }, parts);
}

Deno.test("summariseCheck() gives uptime, outages and times that agree", { permissions: "none" }, () => {
  const report = summary("uuddduugux", [change("down", "up", 120_000), change("up", "down", 300_000)]);
  assertEquals(report.uptime, 1 - 3 / 9);
  assertEquals([report.observed, report.down, report.runs, report.skipped], [540_000, 180_000, 10, 10]);
  assertEquals(report.verdicts, { up: 5, degraded: 1, down: 3, unknown: 1 });
  assertEquals(report.outages, [
    { start: "1970-01-01T00:02:00.000Z", end: "1970-01-01T00:05:00.000Z", ms: 180_000, cause: "was up" },
  ]);
  // Of the runs with an answer: waits of 10, 20, 60, 70, 80 and 90 ms.
  assertEquals(report.times.wait, { count: 6, min: 10, median: 60, p90: 90, p99: 90, max: 90 });
  assertEquals(report.times.tls, undefined);
  assertEquals(report.certificateDays, 72);
  assertEquals(
    report.buckets.map(({ verdicts, medians, p90 }) => [verdicts.up, verdicts.down, medians.wait, p90]),
    [
      [2, 3, 10, 36],
      [3, 0, 70, 106],
    ],
  );
});

testRows<[changes: ChangeRow[], start: number, end: number | null, ms: number]>(
  "summariseCheck() counts only the part of an outage within the window",
  [
    [[change("down", "up", -60_000), change("up", "down", 120_000)], -60_000, 120_000, 120_000],
    [[change("down", "up", 60_000)], 60_000, null, 180_000],
    [[change("down", "up", 60_000), change("up", "down", 600_000)], 60_000, 600_000, 180_000],
    [[change("down", "up", -60_000)], -60_000, null, 240_000],
  ],
  ([changes, start, end, ms]) => {
    const iso = (ms: number) => new Date(ms).toISOString();
    const { outages, down } = summary("dddd", changes);
    const expected = { start: iso(start), end: end === null ? null : iso(end), ms, cause: "was up" };
    assertEquals([outages, down], [[expected], ms]);
  },
  { permissions: "none" },
);

Deno.test("summariseCheck() lists other changes of the window than those of the condition", {
  permissions: "none",
}, () => {
  const aside = (at: number): ChangeRow => ({
    kind: "behaviour",
    from: "up",
    to: "up",
    since: 0,
    at,
    cause: `at ${at}`,
  });
  const { changes } = summary("uuuu", [aside(-1), change("down", "up", 60_000), aside(0), aside(120_000)]);
  assertEquals(changes.map(({ kind, at, cause }) => [kind, at, cause]), [
    ["behaviour", "1970-01-01T00:00:00.000Z", "at 0"],
    ["behaviour", "1970-01-01T00:02:00.000Z", "at 120000"],
  ]);
});

Deno.test(
  "summariseCheck() gives no uptime if nothing was observed",
  { permissions: "none" },
  async (test) => {
    await stepRows(test, ["   ", "xxx"], (letters) => {
      assertEquals([summary(letters).uptime, summary(letters).observed], [null, 0]);
    });
    assertEquals(summary("uuuu", [change("down", "new", -50)]).uptime, 0);
  },
);

testRows<[share: number | null, text: string]>(
  "formatUptime() never rounds up to 100 %",
  [
    [null, "–"],
    [1, "100 %"],
    [0, "0 %"],
    [0.9989, "99.89 %"],
    [0.99996, "99.996 %"],
    [0.999999, "99.9999 %"],
    [0.9999999999, "> 99.9999 %"],
    [0.00001, "0.001 %"],
    [1e-12, "< 0.0001 %"],
  ],
  ([share, text]) => {
    assertEquals(formatUptime(share), text);
  },
  { permissions: "none" },
);

function report(name = "shop"): UptimeReport {
  const check = summary("uuddduugux", [change("down", "up", 120_000), change("up", "down", 300_000)]);
  const changes = [{ at: "1970-01-01T00:01:00.000Z", kind: "behaviour" as const, cause: name }];
  return {
    schema: 1,
    from: "1970-01-01T00:00:00.000Z",
    to: "1970-01-01T00:10:00.000Z",
    checks: [{ ...check, name, changes, outages: [{ ...check.outages[0]!, cause: name }] }],
  };
}

Deno.test("formatReportText() fits into the width and shows everything", { permissions: "none" }, () => {
  const text = formatReportText(report(), { width: 80 });
  assertEquals(
    text,
    `1970-01-01 00:00 to 1970-01-01 00:10 UTC

shop  up  http://a.test/
  66.67 % up, 1 outage, 10 runs (5 up, 1 degraded, 3 down, 1 unknown), 10
    skipped, certificate 72 days
                median        p90        p99        max
  dns             1 ms       1 ms       1 ms       1 ms
  connect         2 ms       2 ms       2 ms       2 ms
  send            0 ms       0 ms       0 ms       0 ms
  wait           60 ms      90 ms      90 ms      90 ms
  receive         3 ms       3 ms       3 ms       3 ms
  total          76 ms     106 ms     106 ms     106 ms
  down  1970-01-01 00:02:00 – 1970-01-01 00:05:00 (3m)  shop`,
  );
  for (const line of formatReportText(report(HOSTILE), { width: 80 }).split("\n")) {
    // deno-lint-ignore no-control-regex -- control octets are what this is about
    assert(!/[\x00-\x1f\x7f-\x9f]/.test(line), line);
  }
});

Deno.test("formatReportCsv() gives a line for each check, and lets no value become a formula", {
  permissions: "none",
}, () => {
  const [head, row, end] = formatReportCsv(report()).split("\n");
  const cells = Object.fromEntries(head!.split(",").map((name, index) => [name, row!.split(",")[index]]));
  assertEquals([cells["check"], cells["uptime_percent"], cells["down_s"], cells["outages"]], [
    "shop",
    "66.666667",
    "180",
    "1",
  ]);
  assertEquals([cells["wait_median_ms"], cells["tls_p99_ms"], end], ["60", "", ""]);
  assertEquals([cells["last_outage_start"], cells["last_outage_end"], cells["certificate_days_left"]], [
    "1970-01-01T00:02:00.000Z",
    "1970-01-01T00:05:00.000Z",
    "72",
  ]);
  assertStringIncludes(formatReportCsv(report("=cmd()")), ",'=cmd(),");
});

Deno.test("formatReportHtml() gives one page without script, network access or foreign markup", {
  permissions: "none",
}, async (test) => {
  await stepRows(test, ["shop", HOSTILE, '"><script>alert(1)</script>'], (name) => {
    const html = formatReportHtml(report(name));
    assertMatch(html, /^<!doctype html>\n<html lang="en">/);
    assert(!/<script|<link|<img|<iframe|\son\w+=|url\(|@import|javascript:/i.test(html), name);
    assertEquals(html.match(/(?:src|href)="[^#]/g), null);
    // deno-lint-ignore no-control-regex -- control octets are what this is about
    assert(!/[\x00-\x09\x0b-\x1f\x7f-\x9f]/.test(html));
  });
  const html = formatReportHtml(report());
  await stepRows(test, [
    "66.67 %",
    "1970-01-01 00:02:00",
    "prefers-color-scheme: dark",
    '<svg class="strip"',
    '<svg class="plot"',
  ], (part) => {
    assertStringIncludes(html, part);
  });
  const days = (certificateDays: number | null) =>
    formatReportHtml({ ...report(), checks: [{ ...report().checks[0]!, certificateDays }] });
  assertStringIncludes(days(72), '<td class="n">72 d</td>');
  assertStringIncludes(days(14), '<td class="n">14 d</td>');
  assertStringIncludes(days(13), '<td class="n degraded">13 d</td>');
  assertStringIncludes(days(null), '<td class="n">–</td></tr>');
  assertStringIncludes(formatReportHtml({ ...report(), checks: [] }), "No checks in this history.");
  // A check that was taken out of the task file is not counted among those that are up or down.
  const [check] = report().checks;
  const page = formatReportHtml({ ...report(), checks: [check!, { ...check!, name: "gone", runs: 0 }] });
  assertStringIncludes(page, '<b class="up">1</b>up');
});

Deno.test(
  "formatReportHtml() counts the checks by condition, and shows a table of measured phases",
  {
    permissions: "none",
  },
  () => {
    const [check] = report().checks;
    const conditions = ["up", "up", "up", "degraded", "down", "down", "new"] as const;
    const html = formatReportHtml({
      ...report(),
      checks: conditions.map((condition) => ({ ...check!, condition })),
    });
    const tiles = [...html.matchAll(/<li><b(?: class="(\w+)")?>([^<]+)<\/b>/g)].map((
      [, name, figure],
    ) => [name, figure]);
    assertEquals(tiles, [[undefined, "66.67 %"], ["up", "3"], ["degraded", "1"], ["down", "2"]]);
    assertStringIncludes(html, '<th scope="row">wait</th><td>60 ms</td>');
    const silent = formatReportHtml({ ...report(), checks: [{ ...check!, times: {} }] });
    assertEquals(silent.includes("<th>phase</th>"), false);
  },
);

/** A check whose 96 parts all differ, as under a load that comes and goes. */
function variedCheck(): UptimeReport["checks"][number] {
  const buckets = Array.from({ length: 96 }, (_, index): ReportBucket => {
    const wait = 100 + 80 * Math.sin(index / 7) + index % 5;
    const medians = {
      dns: 1 + index % 3,
      connect: 8 + index % 4,
      tls: 20 + index % 7,
      send: 0.05,
      wait,
      receive: 4,
    };
    return {
      start: new Date(Date.UTC(2026, 2, 1, 0, 105 * index)).toISOString(),
      verdicts: { up: index % 20 === 0 ? 20 : 21, degraded: 0, down: index % 20 === 0 ? 1 : 0, unknown: 0 },
      medians: { ...medians, total: wait + 40 },
      p90: wait + 60 + index % 6,
    };
  });
  return { ...report().checks[0]!, buckets };
}

Deno.test("formatReportHtml() needs less than 6 kB for a check", { permissions: "none" }, () => {
  const sizeOf = (count: number) =>
    formatReportHtml({ ...report(), checks: Array.from({ length: count }, variedCheck) }).length;
  const each = (sizeOf(11) - sizeOf(1)) / 10;
  assert(each < 6000, `${each} octets`);
});

Deno.test(
  "renderPlot() draws each phase from the bottom, with one step for equal neighbours",
  { permissions: "none" },
  async (test) => {
    const bucket = (wait: number | undefined, p90?: number): ReportBucket => ({
      start: "2026-03-01T12:00:00.000Z",
      verdicts: { up: 1, degraded: 0, down: 0, unknown: 0 },
      medians: wait === undefined ? {} : { connect: 25, send: 0.001, wait, receive: 0.3 },
      ...(p90 !== undefined && { p90 }),
    });
    const draw = (...buckets: ReportBucket[]) =>
      [
        ...renderPlot({ ...report().checks[0]!, buckets }, report()).matchAll(
          /<path class="(\w+)" d="([^"]*)"/g,
        ),
      ]
        .map(([, phase, path]) => [phase, path]);
    // 144 units are 100 ms: 25 ms are 36 of them, 50 ms 72.
    const last = "receive";
    const rows: [buckets: ReportBucket[], paths: [phase: string, path: string][]][] = [
      [[bucket(50, 100), bucket(50, 75), bucket(undefined), bucket(25, 75), bucket(25, 75)], [
        [last, "M0 144V36h2V144h1V72h2V144"],
        ["wait", "M0 144V36h2V144h1V72h2V144"],
        ["connect", "M0 144V108h2v36h1V108h2V144"],
        ["p90", "M0 0h1m0 36h1m1 0h2"],
      ]],
      [[bucket(undefined), bucket(undefined)], []],
    ];
    await stepRows(test, rows, ([buckets, paths]) => {
      assertEquals(draw(...buckets), paths);
    });
  },
);

Deno.test("renderStrip() draws one bar for equal parts, and keeps rare verdicts visible", {
  permissions: "none",
}, async (test) => {
  const strip = (...parts: [up: number, degraded: number, down: number, unknown: number][]) => {
    const buckets = parts.map(([up, degraded, down, unknown], hour): ReportBucket => ({
      start: new Date(Date.UTC(2026, 2, 1, 22 + hour)).toISOString(),
      verdicts: { up, degraded, down, unknown },
      medians: {},
    }));
    const svg = renderStrip({ ...report().checks[0]!, buckets });
    return {
      bars: [...svg.matchAll(/<path class="(\w+)" d="([^"]*)"/g)].map(([, mark, path]) => `${mark} ${path}`),
      titles: [...svg.matchAll(/<title>([^<]*)/g)].map(([, title]) => title),
    };
  };
  assertEquals(strip([5, 0, 0, 0], [6, 0, 0, 0], [0, 0, 3, 0], [0, 0, 0, 0]), {
    bars: ["up M0 14h2v-14h-2", "down M2 14h1v-14h-1", "none M3 14h1v-3h-1"],
    titles: [
      "2026-03-01 22:00 to 2026-03-02 00:00: 11 up",
      "2026-03-02 00:00 to 01:00: 3 down",
      "2026-03-02 01:00 to the end: no run",
    ],
  });
  const rows: [part: [number, number, number, number], bars: string[]][] = [
    [[999, 0, 1, 0], ["down M0 14h1v-3h-1", "up M0 11h1v-11h-1"]],
    [[1, 0, 999, 0], ["down M0 14h1v-13h-1", "up M0 1h1v-1h-1"]],
    [[0, 0, 999, 1], ["down M0 14h1v-13h-1", "unknown M0 1h1v-1h-1"]],
    [[1, 1, 1, 1], [
      "down M0 14h1v-4h-1",
      "degraded M0 10h1v-4h-1",
      "unknown M0 6h1v-4h-1",
      "up M0 2h1v-2h-1",
    ]],
  ];
  await stepRows(test, rows, ([part, bars]) => {
    assertEquals(strip(part).bars, bars);
  });
});

Deno.test("readReport() refuses a file that is not a history", async () => {
  await assertRejects(
    () => readReport("/nonexistent/h.db", { from: 0, to: 1 }),
    HistoryError,
    "Cannot read the history",
  );
});

Deno.test("readReport() refuses a window that is not in numbers", async () => {
  await assertRejects(
    () => readReport("none.db", { from: "7d" as unknown as number }),
    RangeError,
    'Cannot read the report: "from" is a time in milliseconds since 1970, not 7d',
  );
});

Deno.test("readReport() reads runs, skipped slots and certificate days of the window", async (test) => {
  const folder = await Deno.makeTempDir({ prefix: "sonde-" });
  try {
    const path = `${folder}/h.db`;
    const check = task({ name: "a", url: "https://a.test/", tags: ["x"] });
    {
      using history = new History(path);
      const { status: _, ...lost } = runAt(2, "down").result;
      const runs: TaskRun[] = [
        runAt(0, "up", { tls: goodTls({}, 50) }),
        runAt(1, "up", { tls: goodTls({}, 40) }),
        { ...runAt(2, "down"), result: lost },
        runAt(3, "unknown", { tls: goodTls({}, 30) }),
        runAt(4, "degraded", { tls: goodTls({}, 20) }),
      ];
      for (const [index, run] of runs.entries()) {
        const { state, changes } = advanceState(history.stateOf("a"), run, check);
        const redact = (text: string) => text;
        history.record({ task: check, run, state, changes, skipped: index, messages: [], redact });
      }
    }
    const window = { from: Date.UTC(2026, 2, 1, 12, 1), to: Date.UTC(2026, 2, 1, 12, 4) };
    await stepRows(test, [3, 0], async (parts) => {
      const [report] = (await readReport(path, { ...window, parts })).checks;
      assertEquals(report?.verdicts, { up: 1, degraded: 0, down: 1, unknown: 1 });
      assertEquals([report?.skipped, report?.certificateDays, report?.runs], [1 + 2 + 3, 30, 3]);
      // The run without an answer has no times.
      assertEquals([report?.times.total?.count, report?.buckets.length], [2, parts]);
    });
    const of = async (only: string[]) => (await readReport(path, { ...window, only })).checks.length;
    assertEquals([await of(["x"]), await of(["a"]), await of(["b"])], [1, 1, 0]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
