/**
 * Formats the figures of an uptime report.
 *
 * @module
 */

import { formatSecond } from "../../text/instant.ts";
import { formatQuantity, formatShare } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import type { CheckReport, Outage, ReportCertificate, ReportState } from "./uptime_report.ts";

/** The states from the one that needs most attention to the one that needs least. */
export const URGENT_FIRST: readonly ReportState[] = [
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

/** Compares the states of two checks: the worst one first, and without data the worst one before that. */
export function compareUrgency(one: CheckReport, other: CheckReport): number {
  const rank = (state: ReportState | undefined) => URGENT_FIRST.indexOf(state ?? "up");
  return rank(one.state) - rank(other.state) || rank(conditionBefore(one)) - rank(conditionBefore(other));
}

/** Formats an uptime; `–` if nothing was observed. */
export function formatUptime(share: number | null): string {
  return share === null ? "–" : formatShare(share);
}

/** Formats the uptime of the last parts of the window: `last 24h 100 %, last 7d 99.97 %`. */
export function formatRecent({ recent }: Pick<CheckReport, "recent">): string {
  const parts = recent.filter(({ uptime }) => uptime !== null);
  return parts.map(({ period, uptime }) => `last ${period} ${formatUptime(uptime)}`).join(", ");
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
  if (state !== "removed") return `${nameState(state)}${when}`;
  return `removed${since === null ? "" : ` on ${formatSecond(since)}`}${
    noDataSince === null ? "" : `, no data since ${formatSecond(noDataSince)}`
  }`;
}

/** Formats the end of an outage. One that the history does not end goes on only if the check was just seen down. */
export function formatOutageEnd({ end, lastSeen, ongoing }: Outage): string {
  if (end !== null) return formatSecond(end);
  return ongoing ? "still down" : `last seen down ${formatSecond(lastSeen)}`;
}

/** Milliseconds by which the observed and the whole length of an outage may differ without a word. */
const NEGLIGIBLE = 1_000;

/**
 * Computes the whole length of an outage in milliseconds, also outside of the window and of the observed time.
 *
 * @returns `undefined` if the report observed all of it
 */
export function wholeOutage(
  { start, end, lastSeen, ms }: Outage,
  { lastRun, seenUntil }: Pick<CheckReport, "lastRun" | "seenUntil">,
): number | undefined {
  const until = end ?? (lastSeen === lastRun ? seenUntil : null) ?? lastSeen;
  const whole = Date.parse(until) - Date.parse(start);
  return whole - ms > NEGLIGIBLE ? whole : undefined;
}

/** Formats the time in which nobody looked or could tell; nothing if there is none. */
export function formatUnobserved({ unobserved, unknown }: CheckReport): string[] {
  if (unobserved === 0) return [];
  const told = unknown > 0 ? ` (${formatDuration(unknown)} unknown)` : "";
  return [`not observed ${formatDuration(unobserved)}${told}`];
}

/** Names a state in words. */
export function nameState(state: ReportState): string {
  return state === "no-data" ? "no data" : state;
}

/** Formats when a certificate ends. */
export function formatCertificate({ ends, daysLeft }: ReportCertificate): string {
  const date = ends === null ? "" : ` ${ends.slice(0, 10)},`;
  if (daysLeft >= 0) {
    const left = daysLeft === 0 ? "less than a day" : formatQuantity(daysLeft, "day");
    return `certificate ${date === "" ? "" : `until${date} `}${left} left`;
  }
  // Days left are rounded down, so a certificate that has just expired has -1 of them.
  const days = -daysLeft - 1;
  return `certificate expired${date} ${days === 0 ? "less than a day" : formatQuantity(days, "day")} ago`;
}
