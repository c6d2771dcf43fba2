/**
 * Makes reports to render, and reads their pages.
 *
 * @module
 */

import type { CheckReport, UptimeReport } from "../../../../lib/watch/report/uptime_report.ts";
import type {
  PartVerdict,
  ReportBucket,
  ReportDay,
  VerdictTimes,
} from "../../../../lib/watch/report/report_parts.ts";

export { type Element, find, only, parsePage, textOf } from "../../../report/html/_page_tree.ts";

const DAY = 86_400_000;
const NOTHING: VerdictTimes = { up: 0, degraded: 0, down: 0, unknown: 0, maintenance: 0 };

/** Milliseconds of the first day of every report. */
export const MARCH = Date.UTC(2026, 2, 1);

/** Gives the time of a day of March 2026, ISO 8601. */
export function march(day: number, ms = 0): string {
  return new Date(MARCH + (day - 1) * DAY + ms).toISOString();
}

/** Makes a day of March 2026 of its milliseconds by verdict. */
export function day(date: number, ms: Partial<VerdictTimes>, more: Partial<ReportDay> = {}): ReportDay {
  return {
    date: march(date).slice(0, 10),
    ms: { ...NOTHING, ...ms },
    worst: worstOf(ms),
    outages: 0,
    ...more,
  };
}

/** Makes a part of the window that begins some minutes after the window. */
export function part(
  minutes: number,
  ms: Partial<VerdictTimes>,
  more: Partial<ReportBucket> = {},
): ReportBucket {
  return {
    start: march(1, minutes * 60_000),
    verdicts: { up: 0, degraded: 0, down: 0, unknown: 0 },
    ms: { ...NOTHING, ...ms },
    worst: worstOf(ms),
    medians: {},
    ...more,
  };
}

function worstOf(ms: Partial<VerdictTimes>): PartVerdict | null {
  const order = ["down", "degraded", "unknown", "up", "maintenance"] as const;
  return order.find((verdict) => (ms[verdict] ?? 0) > 0) ?? null;
}

/** Makes the report on a check that was up all the time. */
export function checkReport(changes: Partial<CheckReport> = {}): CheckReport {
  return {
    name: "shop",
    url: "http://shop.test/",
    tags: [],
    condition: "up",
    state: "up",
    since: null,
    cause: null,
    lastRun: march(31, -60_000),
    seenUntil: march(31),
    noDataSince: null,
    removed: null,
    runs: 10,
    verdicts: { up: 10, degraded: 0, down: 0, unknown: 0 },
    maintenanceRuns: 0,
    skipped: 0,
    observed: 30 * DAY,
    up: 30 * DAY,
    degraded: 0,
    down: 0,
    uptime: 1,
    recent: [],
    downInOutages: 0,
    downInFailures: 0,
    failures: 0,
    unobserved: 0,
    unknown: 0,
    maintenance: 0,
    outages: [],
    times: {},
    certificateDays: null,
    certificate: null,
    changes: [],
    buckets: [],
    days: Array.from({ length: 30 }, (_, index) => day(index + 1, { up: DAY })),
    ...changes,
  };
}

/** Makes a report on thirty days of March 2026. */
export function reportOn(checks: readonly CheckReport[], changes: Partial<UptimeReport> = {}): UptimeReport {
  return {
    schema: 1,
    from: march(1),
    to: march(31),
    madeAt: march(31),
    lastRun: march(31, -60_000),
    checks,
    ...changes,
  };
}
