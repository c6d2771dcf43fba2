/**
 * Watches checks: runs them on a schedule, follows their states, keeps a history, sends notices, and reports uptime.
 *
 * @example Usage
 * ```ts
 * import { formatReportText, readReport, Watcher } from "https://deno.land/x/sonde/lib/watch.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const folder = await Deno.makeTempDir();
 * const history = `${folder}/uptime.db`;
 * const checks = [{ name: "shop", url: `http://127.0.0.1:${server.addr.port}/`, expect: ["status == 200"] }];
 *
 * const { runs } = await new Watcher(checks, { history }).runOnce();
 * const report = await readReport(history);
 * await Deno.remove(folder, { recursive: true });
 * if (runs[0]?.verdict !== "up" || report.checks[0]?.uptime !== 1) throw new Error(formatReportText(report));
 * ```
 *
 * @module
 */

// Checks
export {
  type CheckDefinition,
  type CheckPredicate,
  type ConnDefinition,
  defineChecks,
  type TaskFile,
} from "./watch/tasks/check_definition.ts";
export type {
  NoticeChoice,
  ReceiverDefinition,
  ServiceDefinition,
  WebhookDefinition,
} from "./watch/tasks/receiver_definition.ts";
export { type CheckPlan, loadChecks } from "./watch/tasks/load_checks.ts";
export type { MaintenanceDefinition } from "./watch/tasks/parse_maintenance.ts";
export { TaskFileError } from "./watch/tasks/task_file_error.ts";
export type { WatchedChecks } from "./watch/tasks/to_plan.ts";

// Runs and states
export type { KeptProfile } from "./watch/kept_profile.ts";
export { Watcher } from "./watch/watcher.ts";
export type { OnceOutcome, RunOnceOptions, WatcherOptions } from "./watch/watcher_options.ts";
export { runCheck, type RunCheckOptions } from "./watch/run_check.ts";
export type { CheckRun } from "./watch/check_run.ts";
export type { TaskRun, Verdict } from "./watch/run_task.ts";
export type {
  Behaviour,
  CheckState,
  Condition,
  Flapping,
  KnownCondition,
  OtherValue,
  PendingCondition,
  Reminders,
  RunTally,
  SeenCertificate,
  Streak,
  Trouble,
  VerdictFlip,
} from "./watch/state/check_state.ts";
export type { ChangeCertificate, ChangeKind, ChangeOutage, StateChange } from "./watch/state/state_change.ts";
export type { ChangeNotice } from "./watch/delivery/change_notice.ts";
export type { NoticeKind } from "./watch/tasks/notice_kinds.ts";
export type { DeliveryFailure, UnsentNotices } from "./watch/delivery/deliverer.ts";
export { describeDeliveryFailure } from "./watch/delivery/delivery_text.ts";
export { formatChange, formatCheckRun, type WatchTextOptions } from "./watch/watch_text.ts";

// History
export { openHistory } from "./watch/history/open_history.ts";
export type { CheckHistory, ForgottenCheck } from "./watch/history/check_history.ts";
export { HistoryError } from "./watch/history/history_error.ts";

// Uptime report
export { readReport, type ReportOptions } from "./watch/report/read_report.ts";
export type { ReportPhase } from "./watch/report/report_phases.ts";
export type {
  CheckReport,
  Outage,
  PhaseTimes,
  RecentUptime,
  ReportCertificate,
  ReportState,
  UptimeReport,
} from "./watch/report/uptime_report.ts";
export type { PartVerdict, ReportBucket, ReportDay, VerdictTimes } from "./watch/report/report_parts.ts";
export type { Distribution, Measure } from "./report/series.ts";
export { formatReportCsv } from "./watch/report/report_csv.ts";
export { formatReportHtml } from "./watch/report/report_html.ts";
export { formatReportJson } from "./watch/report/report_json.ts";
export { formatReportText } from "./watch/report/report_text.ts";

// Styles
export type { Paint, Style } from "./text/paint.ts";

// The data of probes
export type * from "./result.ts";
