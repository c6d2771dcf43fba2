import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { renderPlot } from "../../../lib/watch/report/html/plot.ts";
import { renderStrip } from "../../../lib/watch/report/html/strip.ts";
import { formatReportHtml } from "../../../lib/watch/report/report_html.ts";
import type { ReportBucket } from "../../../lib/watch/report/report_parts.ts";
import type { UptimeReport } from "../../../lib/watch/report/uptime_report.ts";
import { HOSTILE } from "../../report/_samples.ts";
import { stepRows } from "../../_test_rows.ts";
import { report } from "./_samples.ts";

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

/** Fields of a part that the drawings do not use yet. */
const PART = { ms: { up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 }, worst: "up" } as const;

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
      ...PART,
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
      ...PART,
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
      ...PART,
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
