/**
 * Formats the figures of an uptime report.
 *
 * @module
 */

import { formatQuantity, formatShare } from "../../text/count.ts";
import type { CheckReport } from "./uptime_report.ts";

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
export function formatOutageCount({ outages }: CheckReport): string {
  if (outages.length === 0) return "no outage";
  return formatQuantity(outages.length, "outage");
}
