import { assertEquals } from "@std/assert";
import { renderOverview } from "../../../../lib/watch/report/html/overview.ts";
import { headline } from "../../../../lib/watch/report/summarise_all.ts";
import type { CheckReport, ReportState, UptimeReport } from "../../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../../_test_rows.ts";
import { checkReport, find, march, only, parsePage, reportOn, textOf } from "./_page.ts";

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
      "?1 unknown",
      "=1 maintenance",
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
    "No data since 2026-03-20 00:00:00 UTC. Every state on this page is older than that.",
  );
  const fresh = parsePage(renderOverview(reportOn([...checks, inState("up")])));
  assertEquals(find(fresh, "p.stale"), []);
});

testRows<[window: Partial<UptimeReport>, notes: number]>(
  "renderOverview() says that the states are not those of a window of the past or the future",
  [
    [{}, 0],
    [{ to: march(40) }, 0],
    [{ to: march(20) }, 1],
    [{ from: march(32), to: march(40) }, 1],
  ],
  ([window, notes]) => {
    const page = parsePage(renderOverview(reportOn([checkReport()], window)));
    assertEquals(find(page, "p.soft").length, notes);
  },
  { permissions: "none" },
);

Deno.test("renderOverview() gives no uptime without observation", { permissions: "none" }, () => {
  const page = parsePage(renderOverview(reportOn([checkReport({ observed: 0, uptime: null })])));
  assertEquals(textOf(only(page, "p.totals")), "nothing observed · no outage");
});
