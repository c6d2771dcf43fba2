import { assertEquals } from "@std/assert";
import { formatReportJson } from "../../../lib/watch/report/report_json.ts";
import type { UptimeReport } from "../../../lib/watch/report/uptime_report.ts";

Deno.test("formatReportJson() gives one line that JSON.parse reads back", { permissions: "none" }, () => {
  const report = { from: "2026-03-01T00:00:00.000Z", to: "2026-03-08T00:00:00.000Z\x9b" } as UptimeReport;
  const line = formatReportJson(report);
  assertEquals([JSON.parse(line), /[\n\x9b]/.test(line)], [report, false]);
});
