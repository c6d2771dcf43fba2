/**
 * Formats an uptime report as JSON.
 *
 * @module
 */

import { formatJsonLine } from "../../text/json_line.ts";
import type { UptimeReport } from "./uptime_report.ts";

/** Formats an uptime report as one line of JSON, without LF at its end. */
export function formatReportJson(report: UptimeReport): string {
  return formatJsonLine(report);
}
