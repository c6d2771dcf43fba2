/**
 * Renders one outage.
 *
 * @module
 */

import { formatDuration } from "../../../text/duration.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import type { Outage, ReportState } from "../uptime_report.ts";
import { distance, renderSecond } from "./times.ts";

/** Milliseconds by which the observed and the whole length of an outage may differ without a word. */
const NEGLIGIBLE = 1_000;

/**
 * Renders one outage: its ends, its length and its cause.
 *
 * @param state State of the check, which tells if an outage without an end is still seen
 */
export function renderOutage({ start, end, lastSeen, ms, cause }: Outage, state: ReportState): string {
  const whole = distance(start, end ?? lastSeen);
  const rest = whole - ms > NEGLIGIBLE ? ` observed, of ${formatDuration(whole)}` : "";
  return `${renderSecond(start)} – ${renderEnd({ end, lastSeen }, state)} ` +
    `<b>${formatDuration(ms)}</b>${rest} <bdi>${escapeHtml(cause)}</bdi>`;
}

function renderEnd({ end, lastSeen }: Pick<Outage, "end" | "lastSeen">, state: ReportState): string {
  if (end !== null) return renderSecond(end);
  const seen = state === "down" || state === "flapping";
  return seen ? `<b class="down">still down</b>` : `end not seen, last seen down ${renderSecond(lastSeen)}`;
}
