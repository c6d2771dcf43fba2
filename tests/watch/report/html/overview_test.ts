import { assertEquals } from "@std/assert";
import { headline, renderNotUp, renderOverview } from "../../../../lib/watch/report/html/overview.ts";
import { formatReportHtml } from "../../../../lib/watch/report/report_html.ts";
import type { CheckReport, ReportState } from "../../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../../_test_rows.ts";
import { checkReport, find, march, only, parsePage, reportOn, textOf } from "./_page.ts";

const HOUR = 3_600_000;

const inState = (state: ReportState, more: Partial<CheckReport> = {}) =>
  checkReport({ state, name: state, ...more });

testRows<[states: ReportState[], text: string]>(
  "headline() says at a glance how many checks are down, or else how many are up",
  [
    [["up", "up"], "All 2 checks are up"],
    [["up", "up", "removed"], "All 2 checks are up"],
    [["up", "down"], "1 of 2 checks is down"],
    [["down", "down", "degraded"], "2 of 3 checks are down"],
    [["up", "degraded", "maintenance"], "1 of 3 checks is up"],
    [["up", "up", "failing"], "2 of 3 checks are up"],
    [["no-data", "no-data"], "No current data"],
    [["no-data", "up"], "1 of 2 checks is up"],
    [["up"], "The check is up"],
    [["down"], "The check is down"],
    [["failing"], "The check is not up: failing"],
    [["removed"], "No check is watched"],
    [[], "No check is watched"],
  ],
  ([states, text]) => assertEquals(headline(states.map((state) => inState(state))), text),
  { permissions: "none" },
);

Deno.test(
  "renderOverview() counts the checks by state, the worst state first",
  { permissions: "none" },
  () => {
    const states = [
      "up",
      "new",
      "removed",
      "down",
      "up",
      "maintenance",
      "failing",
      "degraded",
      "no-data",
      "unknown",
      "flapping",
    ];
    const report = reportOn(states.map((state) => inState(state as ReportState)));
    const page = parsePage(renderOverview(report));
    assertEquals(find(page, "li").map(textOf), [
      "✕1 down",
      "!1 failing",
      "~1 flapping",
      "▲1 degraded",
      "?1 no data",
      "?1 cannot be measured",
      "=1 in maintenance",
      "·1 new",
      "✓2 up",
      "–1 removed",
    ]);
    assertEquals(only(page, "section").attributes.get("class"), "card overview down");
  },
);

Deno.test("renderOverview() says that nothing is known about now", { permissions: "none" }, () => {
  const checks = [inState("no-data"), inState("no-data"), inState("removed")];
  const page = parsePage(renderOverview(reportOn(checks, { lastRun: march(20) })));
  assertEquals(
    textOf(only(page, "p.stale")),
    "No data since 2026-03-20 00:00 UTC. Every state on this page is older than that.",
  );
  const fresh = parsePage(renderOverview(reportOn([...checks, inState("up")])));
  assertEquals(find(fresh, "p.stale"), []);
});

Deno.test("renderOverview() gives no uptime without observation", { permissions: "none" }, () => {
  const page = parsePage(renderOverview(reportOn([checkReport({ observed: 0, uptime: null })])));
  assertEquals(textOf(only(page, "p.totals")), "– of the observed time up · no outage");
});

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
    "✕ down down since 2026-03-30 21:00 UTC, for 3h: refused in connect: <b>",
    "! failing failing since 2026-03-30 23:00 UTC, for 1h: timeout in wait",
    "~ flapping flapping since 2026-03-30 22:00 UTC, for 2h: 12 changes in an hour",
    "▲ degraded degraded since 2026-03-30 20:00 UTC, for 4h: not timings.total < 500ms (found 1.25 s)",
    "? no data no-data no data since 2026-03-20 00:00 UTC. Before that it was down.",
    "? cannot be measured unknown since 2026-03-30 00:00 UTC, for 1d: gateway is down",
    "= in maintenance maintenance since 2026-03-30 23:00 UTC, for 1h",
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

Deno.test("renderNotUp() is not there if all checks are up", { permissions: "none" }, () => {
  const checks = [checkReport(), inState("removed")].map((check, number) => ({ check, number }));
  assertEquals(renderNotUp(checks, reportOn([])), "");
});
