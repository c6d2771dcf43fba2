import { assertEquals, assertStringIncludes } from "@std/assert";
import { formatReportText } from "../../../lib/watch/report/report_text.ts";
import type { CheckReport, ReportState } from "../../../lib/watch/report/uptime_report.ts";
import { testRows } from "../../_test_rows.ts";
import { change, MINUTE, report, summary } from "./_samples.ts";

function textOf(...checks: CheckReport[]): string {
  return formatReportText({ ...report(), checks }, { width: 200 });
}

Deno.test("formatReportText() begins with a line for each check, those that are not up first", {
  permissions: "none",
}, () => {
  const since = "1970-01-01T00:01:00.000Z";
  const states: ReportState[] = [
    "removed",
    "up",
    "new",
    "maintenance",
    "unknown",
    "no-data",
    "degraded",
    "flapping",
    "failing",
    "down",
  ];
  const text = textOf(...states.map((state) => ({ ...summary("uu"), name: `is ${state}`, state, since })));
  const overview = text.split("\n\n")[1]!.split("\n");
  assertEquals(overview, [
    "down         is down         100 %  no outage  since 1970-01-01 00:01:00",
    "failing      is failing      100 %  no outage  since 1970-01-01 00:01:00",
    "flapping     is flapping     100 %  no outage  since 1970-01-01 00:01:00",
    "degraded     is degraded     100 %  no outage  since 1970-01-01 00:01:00",
    "no data      is no-data      100 %  no outage  since 1970-01-01 00:01:00",
    "unknown      is unknown      100 %  no outage  since 1970-01-01 00:01:00",
    "maintenance  is maintenance  100 %  no outage  since 1970-01-01 00:01:00",
    "new          is new          100 %  no outage",
    "up           is up           100 %  no outage",
    "removed      is removed      100 %  no outage  since 1970-01-01 00:01:00",
  ]);
});

testRows<[condition: CheckReport["condition"], before: string]>(
  "formatReportText() says which condition a check had before there was no data",
  [["down", ", before that down"], ["degraded", ", before that degraded"], ["up", ""], ["new", ""]],
  ([condition, before]) => {
    const since = "1970-01-01T00:01:00.000Z";
    const check: CheckReport = { ...summary("uu"), name: "shop", state: "no-data", since, condition };
    const text = textOf(check);
    assertStringIncludes(text, `no data  shop  100 %  no outage  since 1970-01-01 00:01:00${before}\n`);
    assertStringIncludes(text, `shop  no data since 1970-01-01 00:01:00${before}  http`);
  },
  { permissions: "none" },
);

testRows<[state: ReportState, end: string]>(
  "formatReportText() says that an outage goes on now only if a run just saw it",
  [
    ["down", "00:01:00 – now (2m)  d1"],
    ["no-data", "00:01:00 – last seen 1970-01-01 00:02:00 (2m)  d1"],
    ["removed", "00:01:00 – last seen 1970-01-01 00:02:00 (2m)  d1"],
    ["maintenance", "00:01:00 – last seen 1970-01-01 00:02:00 (2m)  d1"],
    ["unknown", "00:01:00 – last seen 1970-01-01 00:02:00 (2m)  d1"],
  ],
  ([state, end]) => {
    const check = summary("udd", [change("down", "up", 60_000)]);
    assertStringIncludes(textOf({ ...check, state }), `down  1970-01-01 ${end}`);
  },
  { permissions: "none" },
);

testRows<[letters: string, line: string]>(
  "formatReportText() shows how the time of the window adds up",
  [
    ["uuuu", "observed 4m"],
    ["udud", "observed 4m: 2m down (2m in single failures)"],
    ["gggg", "observed 4m: 4m degraded"],
    ["uxmmu", "observed 2m; not observed 1m (1m unknown); in maintenance 2m"],
    ["uuu   uuu", "observed 6m; not observed 3m"],
  ],
  ([letters, line]) => {
    assertStringIncludes(textOf(summary(letters)), `\n  ${line}\n`);
  },
  { permissions: "none" },
);

Deno.test("formatReportText() shows a hundred thousand outages", { permissions: "none" }, () => {
  const check = summary("udu", [change("down", "up", MINUTE), change("up", "down", 2 * MINUTE)]);
  const outages = Array(100_000).fill(check.outages[0]);
  assertEquals(textOf({ ...check, outages }).match(/\n {2}down {2}/g)?.length, 100_000);
});
