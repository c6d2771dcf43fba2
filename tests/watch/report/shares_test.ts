import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import type { ChangeRow } from "../../../lib/watch/report/change_row.ts";
import { formatReportCsv } from "../../../lib/watch/report/report_csv.ts";
import { formatUptime } from "../../../lib/watch/report/report_figures.ts";
import { formatReportHtml } from "../../../lib/watch/report/report_html.ts";
import { formatReportJson } from "../../../lib/watch/report/report_json.ts";
import { formatReportText } from "../../../lib/watch/report/report_text.ts";
import type { VerdictTimes } from "../../../lib/watch/report/report_parts.ts";
import type { CheckReport, UptimeReport } from "../../../lib/watch/report/uptime_report.ts";
import fc from "../../fast_check.ts";
import { testRows } from "../../_test_rows.ts";
import { change, MINUTE, report, summary } from "./_samples.ts";

/** The changes that some failed runs in a row make; any other run that tells something ends an outage. */
function changesOf(letters: string, failures: number): ChangeRow[] {
  const changes: ChangeRow[] = [];
  let down = false;
  let since = 0;
  let failed = 0;
  for (const [index, letter] of [...letters].entries()) {
    if (!"ugd".includes(letter)) continue;
    if (letter === "d" && failed++ === 0) since = index * MINUTE;
    if (letter === "d" && failed === failures) {
      changes.push(change("down", "up", since, index * MINUTE));
      down = true;
    }
    if (letter === "d") continue;
    if (down) changes.push(change("up", "down", index * MINUTE));
    down = false;
    failed = 0;
  }
  return changes;
}

/** Runs of each verdict, and times without runs among so many runs that they are no rhythm. */
const LETTERS = fc.array(fc.constantFrom("u", "uuuuuuu", "d", "ddd", "g", "x", "m", "uududu    duuduu"), {
  minLength: 1,
  maxLength: 40,
}).map((pieces) => `u${pieces.join("")}`);

const HISTORIES = fc.record({
  letters: LETTERS,
  failures: fc.integer({ min: 1, max: 4 }),
  parts: fc.integer({ min: 1, max: 20 }),
  window: fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 200 })),
});

function checkOf({ letters, failures, parts, window: [from, length] }: {
  letters: string;
  failures: number;
  parts: number;
  window: [from: number, length: number];
}): CheckReport {
  return summary(letters, changesOf(letters, failures), {
    window: { from: from * MINUTE, to: (from + length) * MINUTE },
    parts,
    now: letters.length * MINUTE,
  });
}

/** The share of good runs among those that tell something, as Gatus and avg_over_time(probe_success) compute it. */
function meanOfResults(letters: string): number | null {
  const told = [...letters].filter((letter) => "ugd".includes(letter));
  return told.length === 0 ? null : told.filter((letter) => letter !== "d").length / told.length;
}

testRows<[letters: string, failures: number, uptime: number | null, outages: number, failed: number]>(
  "the share of time up follows the runs, and outages are what notices are made of",
  [
    ["uuuu", 1, 1, 0, 0],
    ["dd", 3, 0, 0, 1],
    ["ud".repeat(20), 1, 0.5, 20, 0],
    ["ud".repeat(20), 2, 0.5, 0, 20],
    ["uddduudu", 3, 0.5, 1, 1],
    ["uxxdmmdxu", 3, 0.5, 0, 1],
    ["xxmm", 1, null, 0, 0],
  ],
  ([letters, failures, uptime, outages, failed]) => {
    const check = summary(letters, changesOf(letters, failures));
    assertEquals([check.uptime, check.outages.length, check.failures], [uptime, outages, failed]);
    assertEquals(check.uptime, meanOfResults(letters));
  },
  { permissions: "none" },
);

testRows<[second: readonly [start: number, end: number], down: number, failures: number]>(
  "outages that overlap because the clock was set back count once",
  [
    [[2, 6], 5, 0],
    [[1, 3], 3, 1],
    [[4, 6], 5, 0],
    [[5, 6], 4, 1],
  ],
  ([[start, end], inOutages, failures]) => {
    const outage = (start: number, end: number) => [
      change("down", "up", start * MINUTE),
      change("up", "down", end * MINUTE),
    ];
    const check = summary("udddddu", [...outage(1, 4), ...outage(start, end)]);
    assertEquals(
      [check.down, check.downInOutages, check.downInFailures].map((ms) => ms / MINUTE),
      [5, inOutages, 5 - inOutages],
    );
    assertEquals(check.failures, failures);
  },
  { permissions: "none" },
);

Deno.test(
  "the share of time up is the mean of the results, if runs are regular",
  { permissions: "none" },
  () => {
    fc.assert(fc.property(LETTERS, fc.integer({ min: 1, max: 4 }), (letters, failures) => {
      const { uptime } = summary(letters, changesOf(letters, failures));
      assertAlmostEquals(uptime!, meanOfResults(letters)!, 1e-9);
    }));
  },
);

Deno.test(
  "the times of a report add up, in the window, its parts and its days",
  { permissions: "none" },
  () => {
    fc.assert(fc.property(HISTORIES, (history) => {
      const check = checkOf(history);
      const { observed, up, degraded, down, unknown, unobserved, maintenance } = check;
      assertEquals(up + degraded + down, observed);
      assertEquals(check.downInOutages + check.downInFailures, down);
      assertEquals(unobserved >= unknown, true);
      const [from, length] = history.window;
      const last = Math.min(from + length, history.letters.length);
      assertEquals(observed + unobserved + maintenance, Math.max(0, last - from) * MINUTE);
      const whole = { up, degraded, down, unknown, maintenance };
      assertEquals(sumOf(check.buckets.map(({ ms }) => ms)), whole);
      assertEquals(sumOf(check.days.map(({ ms }) => ms)), whole);
      assertEquals(check.failures > 0, check.downInFailures > 0);
    }));
  },
);

/** Sums milliseconds by verdict. The parts of a window may begin at a fraction of a millisecond. */
function sumOf(parts: readonly VerdictTimes[]): VerdictTimes {
  const sum = (verdict: keyof VerdictTimes) =>
    Math.round(parts.reduce((sum, part) => sum + part[verdict], 0));
  return {
    up: sum("up"),
    degraded: sum("degraded"),
    down: sum("down"),
    unknown: sum("unknown"),
    maintenance: sum("maintenance"),
  };
}

Deno.test("a part is as bad as the worst run that stands in it", { permissions: "none" }, () => {
  fc.assert(fc.property(HISTORIES, (history) => {
    const { buckets } = checkOf(history);
    const order = ["down", "degraded", "unknown", "up", "maintenance"] as const;
    const expected = buckets.map(({ ms, verdicts }) =>
      order.find((verdict) => ms[verdict] > 0 || verdict !== "maintenance" && verdicts[verdict] > 0) ?? null
    );
    assertEquals(buckets.map(({ worst }) => worst), expected);
    const letters = expected.map((worst) => worst === "down" ? "d" : worst === "degraded" ? "g" : undefined);
    assertEquals(buckets.map(({ cause }) => cause?.[0]), letters);
  }));
});

Deno.test("text, CSV, JSON and HTML give the same figures", { permissions: "none" }, () => {
  fc.assert(
    fc.property(HISTORIES, (history) => {
      const check = checkOf(history);
      const whole: UptimeReport = { ...report(), checks: [check] };
      const [head, row] = formatReportCsv(whole).split("\n");
      const cells = Object.fromEntries(head!.split(",").map((name, index) => [name, row!.split(",")[index]]));
      const json = (JSON.parse(formatReportJson(whole)) as UptimeReport).checks[0]!;
      assertEquals(json, JSON.parse(JSON.stringify(check)));
      const percent = json.uptime === null ? "" : String(Number((json.uptime * 100).toFixed(6)));
      assertEquals([cells["uptime_percent"], cells["state"], cells["outages"], cells["failures"]], [
        percent,
        json.state,
        String(json.outages.length),
        String(json.failures),
      ]);
      assertEquals(
        ["observed_s", "up_s", "down_s", "down_in_outages_s", "unobserved_s", "maintenance_s"].map((name) =>
          Number(cells[name]) * 1000
        ),
        [json.observed, json.up, json.down, json.downInOutages, json.unobserved, json.maintenance],
      );
      const text = formatReportText(whole, { width: 200 });
      assertStringIncludes(
        text,
        json.uptime === null ? "  nothing observed, " : `  ${formatUptime(json.uptime)} up, `,
      );
      assertStringIncludes(formatReportHtml(whole), formatUptime(json.uptime));
    }),
    { numRuns: 40 },
  );
});

testRows<[first: string, days: number, last: string, shares: (string | number | null)[]]>(
  "a report gives the uptime of the last day, week and month of a longer window",
  [
    ["dddd", 1, "uuuu", [0.5]],
    ["dddd", 2, "uuuu", [0.5, "24h", 1]],
    ["", 40, "dduu", [0.5]],
    ["uuuu", 7.1, "ddud", [0.625, "24h", 0.25, "7d", 0.25]],
    ["uudd", 40, "    ", [0.5, "24h", null, "7d", null, "30d", null]],
  ],
  ([first, days, last, shares]) => {
    const gap = days * 1440 - first.length - last.length;
    const { uptime, recent } = summary(first + " ".repeat(gap) + last);
    assertEquals([uptime, ...recent.flatMap(({ period, uptime }) => [period, uptime])], shares);
  },
  { permissions: "none" },
);
