import { assertEquals } from "@std/assert";
import { renderNotUp } from "../../../../lib/watch/report/html/not_up.ts";
import { formatReportHtml } from "../../../../lib/watch/report/report_html.ts";
import type { CheckReport, ReportState } from "../../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../../_test_rows.ts";
import { checkReport, find, march, only, parsePage, reportOn, textOf } from "./_page.ts";

const HOUR = 3_600_000;

const inState = (state: ReportState, more: Partial<CheckReport> = {}) =>
  checkReport({ state, name: state, ...more });

Deno.test("renderNotUp() lists what is not up, the worst first, with since and cause", {
  permissions: "none",
}, () => {
  const checks = [
    inState("up"),
    inState("no-data", { noDataSince: march(20), condition: "down" }),
    inState("degraded", { since: march(30, 20 * HOUR), cause: "not timings.total < 500ms (found 1.25 s)" }),
    inState("unknown", { since: march(30), cause: "gateway is down" }),
    inState("new"),
    inState("removed"),
    inState("maintenance", { since: march(30, 23 * HOUR) }),
    inState("failing", { since: march(30, 23 * HOUR), cause: "timeout in wait" }),
    inState("flapping", { since: march(30, 22 * HOUR), cause: "12 changes in an hour" }),
    inState("down", { since: march(30, 21 * HOUR), cause: "refused in connect: <b>" }),
  ];
  const page = parsePage(formatReportHtml(reportOn(checks)));
  assertEquals(find(only(page, "#not-up"), "li").map(textOf), [
    "✕ down down since 2026-03-30 21:00:00 UTC, for 3h: refused in connect: <b>",
    "! failing failing since 2026-03-30 23:00:00 UTC, for 1h: timeout in wait",
    "~ flapping flapping since 2026-03-30 22:00:00 UTC, for 2h: 12 changes in an hour",
    "▲ degraded degraded since 2026-03-30 20:00:00 UTC, for 4h: not timings.total < 500ms (found 1.25 s)",
    "? no data no-data no data since 2026-03-20 00:00:00 UTC. Before that it was down.",
    "? unknown unknown since 2026-03-30 00:00:00 UTC, for 1d: gateway is down",
    "= maintenance maintenance since 2026-03-30 23:00:00 UTC, for 1h",
    "· new new no run so far",
  ]);
  assertEquals(
    find(only(page, "#not-up"), "a").map(({ attributes }) => attributes.get("href"))[0],
    "#check-9",
  );
  assertEquals(find(page, "article").map((check) => textOf(only(check, "h3"))), [
    "down",
    "failing",
    "flapping",
    "degraded",
    "no-data",
    "unknown",
    "maintenance",
    "new",
    "up",
    "removed",
  ]);
});

Deno.test("renderNotUp() puts the checks first that were down before there was no data", {
  permissions: "none",
}, () => {
  const conditions = ["up", "degraded", "down"] as const;
  const checks = conditions.map((condition, number) => ({
    check: inState("no-data", { name: condition, condition, noDataSince: march(20) }),
    number,
  }));
  assertEquals(find(parsePage(renderNotUp(checks)), "a").map(textOf), ["down", "degraded", "up"]);
});

Deno.test("renderNotUp() is not there if all checks are up", { permissions: "none" }, () => {
  const checks = [checkReport(), inState("removed")].map((check, number) => ({ check, number }));
  assertEquals(renderNotUp(checks), "");
});

/** A check that is down since some seconds after an hour before the report was made. */
function downSince(seconds: number, more: Partial<CheckReport> = {}): CheckReport {
  return checkReport({
    name: `down ${seconds}`,
    state: "down",
    condition: "down",
    since: march(31, seconds * 1000 - HOUR),
    cause: "refused",
    ...more,
  });
}

testRows<[checks: CheckReport[], items: string[]]>(
  "renderNotUp() joins checks that failed together",
  [
    [
      [downSince(0), downSince(30)],
      ["✕ down 2 checks: down 0, down 30 since 2026-03-30 23:00:00 UTC, for 1h: refused"],
    ],
    // The first one of them is not the first one of the report.
    [
      [downSince(100), downSince(10)],
      ["✕ down 2 checks: down 100, down 10 since 2026-03-30 23:00:10 UTC to 2026-03-30 23:01:40 UTC, for 59m 50s: refused"],
    ],
    [
      [downSince(0), downSince(121)],
      [
        "✕ down down 0 since 2026-03-30 23:00:00 UTC, for 1h: refused",
        "✕ down down 121 since 2026-03-30 23:02:01 UTC, for 57m 59s: refused",
      ],
    ],
    [
      [downSince(0), downSince(0, { cause: "timeout" })],
      [
        "✕ down down 0 since 2026-03-30 23:00:00 UTC, for 1h: refused",
        "✕ down down 0 since 2026-03-30 23:00:00 UTC, for 1h: timeout",
      ],
    ],
    // Nobody looked after the time of the last run.
    [[downSince(0, { seenUntil: march(31, -HOUR + 11_500) })], [
      "✕ down down 0 since 2026-03-30 23:00:00 UTC, for 11.5 s: refused",
    ]],
    [[inState("new"), inState("new")], ["· new 2 checks: new, new no run so far"]],
    [
      [inState("no-data", { noDataSince: march(3) }), inState("no-data", { noDataSince: march(3, 60_000) })],
      ["? no data 2 checks: no-data, no-data no data since 2026-03-03 00:00:00 UTC to 2026-03-03 00:01:00 UTC."],
    ],
  ],
  ([checks, items]) => {
    const numbered = checks.map((check, number) => ({ check, number }));
    const page = parsePage(renderNotUp(numbered));
    assertEquals(find(page, "li").map(textOf), items);
  },
  { permissions: "none" },
);

Deno.test("renderNotUp() hides all but twenty names of an item", { permissions: "none" }, () => {
  const checks = Array.from({ length: 1100 }, () => downSince(0)).map((check, number) => ({ check, number }));
  const item = only(parsePage(renderNotUp(checks)), "li");
  assertEquals([find(item, "a").length, find(only(item, "details"), "a").length], [1100, 1080]);
  assertEquals(textOf(only(item, "summary")), "and 1,080 more");
});
