import type { ChangeKind, Condition } from "../state.ts";
import type { Verdict } from "../run_task.ts";
import type { ReportPhase } from "./uptime_report.ts";

/** A run as the history has it; times in milliseconds, `at` since 1970. */
export interface RunRow extends Readonly<Record<ReportPhase, number | null>> {
  readonly at: number;
  readonly verdict: Verdict;
  readonly status: number | null;
  readonly certificate_days: number | null;
  readonly skipped: number;
}

/** A change as the history has it; times in milliseconds since 1970. */
export interface ChangeRow {
  readonly at: number;
  readonly kind: ChangeKind;
  readonly from: Condition;
  readonly to: Condition;
  readonly since: number;
  readonly cause: string;
}

/** A window of time, milliseconds since 1970. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}
