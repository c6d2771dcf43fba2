/**
 * Figures of a report, for people.
 *
 * @module
 */

import { formatQuantity, formatShare } from "../../text/count.ts";
import type { CheckReport } from "./uptime_report.ts";

/** Formats an uptime; without runs there is no share. */
export function formatUptime(share: number | null): string {
  return share === null ? "–" : formatShare(share);
}

/** `2026-03-01 12:00`, UTC. */
export function formatMinute(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** `2026-03-01 12:00:05`, UTC: an outage may be over within a minute. */
export function formatSecond(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

/** Whether the days that a certificate has left are worth a colour. */
export function isCertificateSoon(days: number): boolean {
  return days < 14;
}

/** How many outages there were, in words. */
export function formatOutageCount({ outages }: CheckReport): string {
  if (outages.length === 0) return "no outage";
  return formatQuantity(outages.length, "outage");
}
