import { assertEquals, assertStringIncludes } from "@std/assert";
import { renderIncidents } from "../../../../lib/watch/report/html/incidents.ts";
import { renderOutage } from "../../../../lib/watch/report/html/outage.ts";
import { formatReportHtml } from "../../../../lib/watch/report/report_html.ts";
import type { CheckReport, Outage } from "../../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../../_test_rows.ts";
import { checkReport, find, march, only, parsePage, reportOn, textOf } from "./_page.ts";

const MINUTE = 60_000;

const outage = (start: number, minutes: number, more: Partial<Outage> = {}): Outage => ({
  start: march(start),
  end: march(start, minutes * MINUTE),
  lastSeen: march(start, (minutes - 1) * MINUTE),
  ms: minutes * MINUTE,
  cause: "gone",
  ...more,
});

testRows<[outage: Outage, text: string, check?: Partial<CheckReport>]>(
  "renderOutage() gives the real ends and the observed length, and claims nothing that was not seen",
  [
    [outage(3, 5), "2026-03-03 00:00:00 UTC – 2026-03-03 00:05:00 UTC 5m gone"],
    [
      outage(3, 60, { ms: 20 * MINUTE }),
      "2026-03-03 00:00:00 UTC – 2026-03-03 01:00:00 UTC 20m observed, of 1h gone",
    ],
    [outage(3, 5, { end: null, ongoing: true }), "2026-03-03 00:00:00 UTC – still down 5m gone"],
    [
      outage(3, 5, { end: null }),
      "2026-03-03 00:00:00 UTC – last seen down 2026-03-03 00:04:00 UTC 5m gone",
    ],
    // The window begins 15 minutes after the outage, and the last run stands for five minutes.
    [
      outage(3, 5, { end: null, lastSeen: march(3, 55 * MINUTE), ms: 45 * MINUTE }),
      "2026-03-03 00:00:00 UTC – last seen down 2026-03-03 00:55:00 UTC 45m observed, of 1h gone",
      { lastRun: march(3, 55 * MINUTE), seenUntil: march(3, 60 * MINUTE) },
    ],
  ],
  ([outage, text, check]) => assertEquals(textOf(parsePage(renderOutage(outage, checkReport(check)))), text),
  { permissions: "none" },
);

Deno.test(
  "renderIncidents() lists the outages of all checks, the latest first",
  { permissions: "none" },
  () => {
    const checks = [
      checkReport({
        name: "a",
        outages: [outage(3, 5), outage(9, 6)],
        failures: 2,
        downInFailures: 2 * MINUTE,
      }),
      checkReport({ name: "b", outages: [outage(5, 7, { cause: "timeout in wait" })] }),
      checkReport({ name: "c", failures: 1, downInFailures: MINUTE }),
    ];
    const list = only(parsePage(formatReportHtml(reportOn(checks))), "#incidents");
    assertEquals(find(list, "li").map(textOf), [
      "a 2026-03-09 00:00:00 UTC – 2026-03-09 00:06:00 UTC 6m gone",
      "b 2026-03-05 00:00:00 UTC – 2026-03-05 00:07:00 UTC 7m timeout in wait",
      "a 2026-03-03 00:00:00 UTC – 2026-03-03 00:05:00 UTC 5m gone",
    ]);
    assertEquals(find(list, "a").map(({ attributes }) => attributes.get("href")), [
      "#check-0",
      "#check-1",
      "#check-0",
    ]);
    assertEquals(
      textOf(only(list, "p")),
      "Not listed: 3 single failures of 2 checks, 3m in all, each over before it was an outage.",
    );
  },
);

Deno.test(
  "renderIncidents() makes one item of many outages of a check in a row",
  { permissions: "none" },
  () => {
    const outages = Array.from(
      { length: 53 },
      (_, minute) => outage(1, 1, { start: march(1, minute * MINUTE), end: march(1, (minute + 1) * MINUTE) }),
    );
    const page = parsePage(formatReportHtml(reportOn([checkReport({ outages })])));
    const [row, ...each] = find(only(page, "#incidents"), "li");
    const said = "shop 53 outages from 2026-03-01 00:00:00 UTC to 2026-03-01 00:53:00 UTC 53mEach of them";
    assertStringIncludes(textOf(row!), said);
    assertEquals(each.length, 53);
    const last = find(only(page, "ul.outages"), "li").map(textOf);
    assertEquals([last.length, last.at(-1)], [4, "50 earlier outages"]);
    assertStringIncludes(last[0]!, "2026-03-01 00:52:00 UTC");
  },
);

Deno.test("renderIncidents() hides all but the latest fifty items", { permissions: "none" }, () => {
  const checks = [0, 1].map((number) => {
    const starts = Array.from({ length: 30 }, (_, index) => march(1, (2 * index + number) * MINUTE));
    const outages = starts.map((start) => outage(1, 1, { start }));
    return { check: checkReport({ name: `check ${number}`, outages }), number };
  });
  const list = parsePage(renderIncidents(checks));
  assertEquals([find(list, "li").length, find(only(list, "details"), "li").length], [60, 10]);
  assertStringIncludes(textOf(find(list, "li")[0]!), "check 1 2026-03-01 00:59:00 UTC");
});

Deno.test("renderIncidents() lists a thousand outages and those without an end, and counts the others", {
  permissions: "none",
}, () => {
  const outages = Array.from(
    { length: 1500 },
    (_, index) => outage(1, 1, { start: march(1, index * MINUTE) }),
  );
  const checks = [checkReport({ outages }), checkReport({ outages: [outage(1, 1, { end: null })] })]
    .map((check, number) => ({ check, number }));
  const list = parsePage(renderIncidents(checks));
  assertEquals(find(only(list, "ol.outages"), "li").length, 1000);
  assertStringIncludes(textOf(find(list, "li").at(-1)!), "last seen down");
  assertStringIncludes(textOf(only(list, "h2")), "1,501");
  assertEquals(
    textOf(only(list, "p")),
    "Not listed: 500 earlier outages. The JSON report has all of them.",
  );
});

Deno.test("renderIncidents() says that there was none", { permissions: "none" }, () => {
  const page = parsePage(renderIncidents([]));
  assertEquals(textOf(page), "Incidents 0No outage in this window.");
});

/** Renders the incidents of checks named by letters, and gives the beginning of each item. */
function itemsOf(outages: readonly (readonly [name: string, outage: Outage])[]): string[] {
  const names = [...new Set(outages.map(([name]) => name))];
  const checks = names.map((name, number) => {
    const own = outages.filter(([other]) => other === name).map(([, outage]) => outage);
    return { check: checkReport({ name, outages: own, state: "down" }), number };
  });
  const list = only(parsePage(renderIncidents(checks)), "ol.incidents");
  const items = list.children.filter((child) => typeof child !== "string");
  return items.map((item) => textOf(item).replace(/Each of them.*/, ""));
}

/** An outage from some minutes after the first of March to some others. */
const between = (start: number, end: number | null, cause = "gone"): Outage =>
  outage(1, 1, {
    start: march(1, start * MINUTE),
    end: end === null ? null : march(1, end * MINUTE),
    ongoing: end === null ? true : undefined,
    ms: ((end ?? 60) - start) * MINUTE,
    cause,
  });

testRows<[outages: [name: string, outage: Outage][], items: string[]]>(
  "renderIncidents() makes one item of more than three checks that were down together",
  [
    [
      [["a", between(10, 20)], ["b", between(11, 20)], ["c", between(10, 21)], ["d", between(12, 22)]],
      ["4 checks: d, b, a, c down together, the first one 2026-03-01 00:10:00 UTC – 2026-03-01 00:21:00 UTC 11m gone"],
    ],
    [
      [["a", between(10, null)], ["b", between(10, null)], ["c", between(10, null)], [
        "d",
        between(10, null),
      ]],
      ["4 checks: a, b, c, d down together, the first one 2026-03-01 00:10:00 UTC – still down 50m gone"],
    ],
    // Another cause, another end or another beginning is another incident.
    [
      [
        ["a", between(10, 20)],
        ["b", between(10, 20)],
        ["c", between(10, 20)],
        ["d", between(10, 20, "timeout")],
        ["e", between(10, 30)],
        ["f", between(5, 20)],
      ],
      [
        "a 2026-03-01 00:10:00 UTC – 2026-03-01 00:20:00 UTC 10m gone",
        "b 2026-03-01 00:10:00 UTC – 2026-03-01 00:20:00 UTC 10m gone",
        "c 2026-03-01 00:10:00 UTC – 2026-03-01 00:20:00 UTC 10m gone",
        "d 2026-03-01 00:10:00 UTC – 2026-03-01 00:20:00 UTC 10m timeout",
        "e 2026-03-01 00:10:00 UTC – 2026-03-01 00:30:00 UTC 20m gone",
        "f 2026-03-01 00:05:00 UTC – 2026-03-01 00:20:00 UTC 15m gone",
      ],
    ],
    // One check that fails again and again is not many checks.
    [
      [["a", between(10, 10)], ["a", between(11, 11)], ["a", between(12, 12)], ["b", between(12, 12)]],
      [
        "a 2026-03-01 00:12:00 UTC – 2026-03-01 00:12:00 UTC 0 ms gone",
        "b 2026-03-01 00:12:00 UTC – 2026-03-01 00:12:00 UTC 0 ms gone",
        "a 2026-03-01 00:11:00 UTC – 2026-03-01 00:11:00 UTC 0 ms gone",
        "a 2026-03-01 00:10:00 UTC – 2026-03-01 00:10:00 UTC 0 ms gone",
      ],
    ],
  ],
  ([outages, items]) => assertEquals(itemsOf(outages), items),
  { permissions: "none" },
);
