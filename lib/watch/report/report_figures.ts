/**
 * Formats the figures of an uptime report.
 *
 * @module
 */

import { formatQuantity, formatShare } from "../../text/count.ts";
import type { CheckReport, Outage, ReportState } from "./uptime_report.ts";

/** The states from the one that needs most attention to the one that needs least. */
const URGENT_FIRST: readonly ReportState[] = [
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
];

/** Orders checks by their state, those that are not up first. */
export function urgentFirst(checks: readonly CheckReport[]): CheckReport[] {
  const rank = ({ state }: CheckReport) => URGENT_FIRST.indexOf(state);
  return checks.toSorted((a, b) => rank(a) - rank(b));
}

/** Formats an uptime; `–` if nothing was observed. */
export function formatUptime(share: number | null): string {
  return share === null ? "–" : formatShare(share);
}

/** Formats a time as `2026-03-01 12:00`, UTC. */
export function formatMinute(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** Formats a time as `2026-03-01 12:00:05`, UTC: an outage may be over within a minute. */
export function formatSecond(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

/** Tells if a certificate expires so soon that the report marks it. */
export function isCertificateSoon(days: number): boolean {
  return days < 14;
}

/** Formats the number of outages. */
export function formatOutageCount({ outages }: Pick<CheckReport, "outages">): string {
  if (outages.length === 0) return "no outage";
  return formatQuantity(outages.length, "outage");
}

/** Returns the condition that a check without current data had last, unless it was up. */
export function conditionBefore({ state, condition }: CheckReport): "degraded" | "down" | undefined {
  return state !== "no-data" || condition === "up" || condition === "new" ? undefined : condition;
}

/** Formats the state of a check with its beginning. */
export function formatState(check: CheckReport): string {
  const { state, since, noDataSince } = check;
  const when = since === null ? "" : ` since ${formatSecond(since)}`;
  if (state === "no-data") {
    const before = conditionBefore(check);
    return `no data${when}${before === undefined ? "" : `, before that ${before}`}`;
  }
  if (state !== "removed") return `${state}${when}`;
  return `removed${since === null ? "" : ` on ${formatSecond(since)}`}${
    noDataSince === null ? "" : `, no data since ${formatSecond(noDataSince)}`
  }`;
}

/**
 * Formats the end of an outage. An outage that the history does not end goes on now only if the check was just seen
 * down.
 */
export function formatOutageEnd({ end, lastSeen }: Outage, { state }: Pick<CheckReport, "state">): string {
  if (end !== null) return formatSecond(end);
  return state === "down" || state === "flapping" ? "now" : `last seen ${formatSecond(lastSeen)}`;
}
