/**
 * Renders one outage.
 *
 * @module
 */

import { formatDuration } from "../../../text/duration.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { wholeOutage } from "../report_figures.ts";
import type { CheckReport, Outage } from "../uptime_report.ts";
import { renderSecond } from "../../../report/html/times.ts";

/** Renders one outage of a check: its ends, its length and its cause. */
export function renderOutage(
  outage: Outage,
  check: Pick<CheckReport, "lastRun" | "seenUntil">,
): string {
  const { start, ms, cause } = outage;
  const whole = wholeOutage(outage, check);
  const rest = whole === undefined ? "" : ` observed, of ${formatDuration(whole)}`;
  return `${renderSecond(start)} – ${renderEnd(outage)} ` +
    `<b>${formatDuration(ms)}</b>${rest} <bdi>${escapeHtml(cause)}</bdi>`;
}

function renderEnd({ end, lastSeen, ongoing }: Outage): string {
  if (end !== null) return renderSecond(end);
  return ongoing ? `<b class="down">still down</b>` : `last seen down ${renderSecond(lastSeen)}`;
}
