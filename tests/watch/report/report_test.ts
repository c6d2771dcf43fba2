import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { History } from "../../../lib/watch/history/history.ts";
import { HistoryError } from "../../../lib/watch/history/history_error.ts";
import type { ChangeRow } from "../../../lib/watch/report/change_row.ts";
import { findOutages } from "../../../lib/watch/report/outages.ts";
import { readReport } from "../../../lib/watch/report/read_report.ts";
import { formatReportCsv } from "../../../lib/watch/report/report_csv.ts";
import { formatUptime } from "../../../lib/watch/report/report_figures.ts";
import { formatReportText } from "../../../lib/watch/report/report_text.ts";
import type { TaskRun } from "../../../lib/watch/run_task.ts";
import { advanceState } from "../../../lib/watch/state/advance.ts";
import { goodTls, HOSTILE } from "../../report/_samples.ts";
import { runAt, task } from "../_samples.ts";
import { withFolder } from "../../_folder.ts";
import { withDatabase, writeRuns } from "../history/_files.ts";
import { stepRows, testRows } from "../../_test_rows.ts";
import { change, lookup, MINUTE, report, summary } from "./_samples.ts";

const HOUR = 3_600_000;

testRows<[changes: ChangeRow[], outages: [number, number | undefined][]]>(
  "findOutages() dates an outage from the first failed run to the first good one",
  [
    [[], []],
    [[change("down", "up", 120, 140), change("up", "down", 150, 160)], [[120, 150]]],
    [[change("down", "new", 120)], [[120, undefined]]],
    [[change("down", "up", 20), change("up", "down", 110)], [[20, 110]]],
    [[change("down", "up", 20)], [[20, undefined]]],
    [[change("down", "degraded", 110), change("degraded", "down", 120), change("up", "degraded", 130)], [[
      110,
      120,
    ]]],
    [[change("up", "down", 110)], []],
  ],
  ([changes, outages]) => {
    assertEquals(findOutages(changes, lookup(""), HOUR).map(({ start, end }) => [start, end]), outages);
  },
  { permissions: "none" },
);

testRows<[letters: string, changes: ChangeRow[], outages: [number, number | undefined, number, string][]]>(
  "findOutages() finds the cause and the last sign of an outage in the runs",
  [
    ["uddu", [change("down", "up", 60_000, 120_000), change("up", "down", 180_000)], [[1, 3, 2, "d1"]]],
    // The first run of the outage was degraded.
    ["ugddu", [change("down", "up", 60_000, 180_000)], [[1, undefined, 3, "d2"]]],
    // The runs of that time were removed.
    ["    u", [change("down", "up", 60_000), change("up", "down", 240_000)], [[1, 4, 1, "was up"]]],
    // The beginning was removed, with the runs and the change of that time.
    ["   ddu", [change("up", "down", 300_000)], [[3, 5, 4, "d3"]]],
    ["   uuu", [change("up", "down", 300_000)], []],
    // The clock was set back during the outage.
    ["uuddu", [change("down", "up", 480_000), change("up", "down", 240_000)], [[2, 4, 3, "was up"]]],
    ["uudd", [change("down", "up", 2 * HOUR)], [[2, undefined, 3, "was up"]]],
    ["uuuuu", [change("down", "up", 480_000), change("up", "down", 240_000)], [[8, 8, 8, "was up"]]],
  ],
  ([letters, changes, outages]) => {
    const minute = (ms: number | undefined) => ms === undefined ? undefined : ms / 60_000;
    const found = findOutages(changes, lookup(letters), HOUR).map((
      { start, end, lastSeen, cause },
    ) => [minute(start), minute(end), minute(lastSeen), cause]);
    assertEquals(found, outages);
  },
  { permissions: "none" },
);

Deno.test("summariseCheck() gives uptime, outages and times that agree", { permissions: "none" }, () => {
  const report = summary("uuddduugux", [change("down", "up", 120_000), change("up", "down", 300_000)]);
  assertEquals(report.uptime, 1 - 3 / 9);
  assertEquals([report.observed, report.down, report.runs, report.skipped], [540_000, 180_000, 10, 10]);
  assertEquals(report.verdicts, { up: 5, degraded: 1, down: 3, unknown: 1 });
  assertEquals(report.outages, [
    {
      start: "1970-01-01T00:02:00.000Z",
      end: "1970-01-01T00:05:00.000Z",
      lastSeen: "1970-01-01T00:04:00.000Z",
      ms: 180_000,
      cause: "d2",
    },
  ]);
  // Of the runs with an answer: waits of 10, 20, 60, 70, 80 and 90 ms.
  assertEquals(report.times.wait, { count: 6, min: 10, median: 60, max: 90 });
  assertEquals(report.times.tls, undefined);
  assertEquals(report.certificateDays, 72);
  assertEquals(
    report.buckets.map(({ verdicts, medians, p90 }) => [verdicts.up, verdicts.down, medians.wait, p90]),
    [
      [2, 3, 10, undefined],
      [3, 0, 70, undefined],
    ],
  );
});

testRows<[runs: number, given: boolean[]]>(
  "summariseCheck() gives no percentile of a part with fewer than ten answers",
  [
    [18, [false, false]],
    [20, [true, true]],
  ],
  ([runs, given]) => {
    const { buckets } = summary("u".repeat(runs));
    assertEquals(buckets.map(({ p90 }) => p90 !== undefined), given);
    assertEquals(buckets.every(({ medians: { total } }) => total !== undefined), true);
  },
  { permissions: "none" },
);

testRows<
  [letters: string, changes: ChangeRow[], start: number, end: number | null, lastSeen: number, ms: number[]]
>(
  "summariseCheck() counts only the part of an outage within the window, and gives its real ends",
  [
    ["dduu", [change("down", "up", -60_000), change("up", "down", 120_000)], -60_000, 120_000, 60_000, [
      120_000,
      120_000,
      0,
    ]],
    ["uddd", [change("down", "up", 60_000)], 60_000, null, 180_000, [180_000, 180_000, 0]],
    ["uddd", [change("down", "up", 60_000), change("up", "down", 600_000)], 60_000, 600_000, 180_000, [
      180_000,
      180_000,
      0,
    ]],
    ["dddd", [change("down", "up", -60_000)], -60_000, null, 180_000, [240_000, 240_000, 0]],
    // A failed run before the outage is a single failure, and a good run within it is no time down.
    ["dudd", [change("down", "up", 120_000)], 120_000, null, 180_000, [120_000, 120_000, 60_000]],
    ["udud", [change("down", "up", 60_000)], 60_000, null, 180_000, [180_000, 120_000, 0]],
  ],
  ([letters, changes, start, end, lastSeen, ms]) => {
    const iso = (ms: number) => new Date(ms).toISOString();
    const { outages: [outage, ...more], downInOutages, downInFailures, down } = summary(letters, changes);
    assertEquals([outage?.start, outage?.end, outage?.lastSeen, more], [
      iso(start),
      end === null ? null : iso(end),
      iso(lastSeen),
      [],
    ]);
    assertEquals([outage?.ms, downInOutages, downInFailures], ms);
    assertEquals(downInOutages + downInFailures, down);
  },
  { permissions: "none" },
);

Deno.test(
  "summariseCheck() counts the part of a run that stands within the window",
  { permissions: "none" },
  () => {
    const changes = [change("down", "up", 60_000), change("up", "down", 180_000)];
    const window = { from: 90_000, to: 210_000 };
    const check = summary("uddu", changes, { window, now: 300_000 });
    assertEquals([check.runs, check.observed, check.down, check.up], [2, 120_000, 90_000, 30_000]);
    assertEquals([check.downInOutages, check.outages[0]?.ms, check.unobserved], [90_000, 90_000, 0]);
    assertEquals(check.buckets.map(({ ms, worst, cause }) => [ms.down, worst, cause]), [
      [60_000, "down", "d1"],
      [30_000, "down", "d2"],
    ]);
  },
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
    // The runs decide, not the changes.
    assertEquals(summary("uuuu", [change("down", "new", -50)]).uptime, 1);
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

Deno.test("an outage without an end counts for each day that its last run stands for", {
  permissions: "none",
}, () => {
  // The last run, two minutes before midnight, stands for four minutes.
  const letters = `${" ".repeat(1426)}u   u   u   d   `;
  const { days } = summary(letters, [change("down", "up", 1438 * MINUTE)]);
  assertEquals(days.map(({ date, outages, ms }) => [date, outages, ms.down]), [
    ["1970-01-01", 1, 2 * MINUTE],
    ["1970-01-02", 1, 2 * MINUTE],
  ]);
});

Deno.test("formatReportText() fits into the width and shows everything", { permissions: "none" }, () => {
  const text = formatReportText(report(), { width: 80 });
  assertEquals(
    text,
    `1970-01-01 00:00 to 1970-01-01 00:10 UTC
made at 1970-01-01 00:10:00, last run 1970-01-01 00:09:00

unknown  shop  66.67 %  1 outage  since 1970-01-01 00:09:00: x9

shop  unknown since 1970-01-01 00:09:00  http://a.test/
  x9
  66.67 % up, 1 outage, no single failure
  observed 9m: 3m down, 1m degraded; not observed 1m (1m unknown)
  10 runs (5 up, 1 degraded, 3 down, 1 unknown), 10 skipped
  certificate 72 days left
              count      min   median      p90      p99      max
  dns             6     1 ms     1 ms        -        -     1 ms
  connect         6     2 ms     2 ms        -        -     2 ms
  send            6     0 ms     0 ms        -        -     0 ms
  wait            6    10 ms    60 ms        -        -    90 ms
  receive         6     3 ms     3 ms        -        -     3 ms
  total           6    26 ms    76 ms        -        -   106 ms
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

Deno.test("readReport() reads the times of failures that a check wants", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    const check = task({ name: "port", url: "http://a.test/", expect: ["error.kind == refused"] });
    {
      using history = new History(path);
      const { status: _, ...refused } = runAt(0, "down").result;
      const verdicts = ["up", "down", "degraded", "unknown"] as const;
      for (const [minute, verdict] of verdicts.entries()) {
        const startedAt = new Date(Date.UTC(2026, 2, 1, 12, minute)).toISOString();
        const run = { ...runAt(minute, verdict), result: { ...refused, startedAt } };
        const { state, changes } = advanceState(history.stateOf("port"), run, check);
        history.record({ task: check, run, state, changes, skipped: 0, messages: [], redact: String });
      }
    }
    const [report] = (await readReport(path, { from: 0, to: Date.UTC(2026, 3) })).checks;
    assertEquals(report?.times.total?.count, 2);
  });
});

Deno.test("readReport() shows runs in maintenance, and counts them nowhere else", async () => {
  await withFolder(async (folder) => {
    const path = `${folder}/h.db`;
    {
      using history = new History(path);
      writeRuns(history, ["a"], ["up", "down", "down", "up"]);
    }
    withDatabase(
      path,
      (database) =>
        database.exec(
          `UPDATE runs SET excluded = 'maintenance' WHERE at >= ${Date.UTC(2026, 2, 1, 12, 1)} AND at < ${
            Date.UTC(2026, 2, 1, 12, 3)
          }`,
        ),
    );
    const window = { from: Date.UTC(2026, 2, 1, 12), to: Date.UTC(2026, 2, 1, 12, 4) };
    const { checks: [check] } = await readReport(path, { ...window, now: window.to });
    assertEquals([check?.runs, check?.maintenanceRuns, check?.verdicts.down, check?.times.total?.count], [
      4,
      2,
      0,
      2,
    ]);
    assertEquals([check?.uptime, check?.observed, check?.maintenance, check?.failures], [
      1,
      120_000,
      120_000,
      0,
    ]);
  });
});
