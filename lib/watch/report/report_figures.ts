/**
 * Figures of a report, for people.
 *
 * @module
 */

import type { CheckReport } from "./uptime_report.ts";

/** A share as percent: `100 %`, `99.97 %`, `0.004 %`; what is not whole is never rounded to 100. */
export function formatPercent(share: number | null): string {
  if (share === null) return "–";
  const percent = share * 100;
  if (percent === 100 || percent === 0) return `${percent} %`;
  for (const digits of [2, 3, 4]) {
    const text = percent.toFixed(digits);
    if (Number(text) < 100 && Number(text) > 0) return `${text} %`;
  }
  return percent > 50 ? "> 99.9999 %" : "< 0.0001 %";
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
  return outages.length === 1 ? "1 outage" : `${outages.length} outages`;
}
