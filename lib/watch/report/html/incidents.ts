/**
 * Renders the incidents of all checks in one list.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import type { Outage, ReportState, UptimeReport } from "../uptime_report.ts";
import { type NumberedCheck, renderLink } from "./states.ts";
import { distance, renderSecond } from "./times.ts";

/** Most incidents that the reader sees without asking for more. */
const MOST_OPEN = 50;

/** Milliseconds by which the observed and the whole length of an outage may differ without a word. */
const NEGLIGIBLE = 1_000;

/** Renders the outages of all checks, the latest one first, and the number of single failures. */
export function renderIncidents(checks: readonly NumberedCheck[], { checks: all }: UptimeReport): string {
  const incidents = checks.flatMap((item) => item.check.outages.map((outage) => ({ item, outage })))
    .sort((one, other) =>
      compare(other.outage.start, one.outage.start) || one.item.number - other.item.number
    );
  const items = incidents.map(({ item, outage }) =>
    `<li><strong>${renderLink(item)}</strong> ${renderOutage(outage, item.check.state)}</li>`
  );
  const failures = all.reduce((sum, check) => sum + check.failures, 0);
  const failed = all.filter((check) => check.failures > 0).length;
  const down = all.reduce((sum, check) => sum + check.downInFailures, 0);
  const parts = [
    items.length === 0
      ? "<p>No outage in this window.</p>"
      : `<ol class="incidents">${items.slice(0, MOST_OPEN).join("")}</ol>`,
    items.length <= MOST_OPEN
      ? ""
      : `<details><summary>${formatQuantity(items.length - MOST_OPEN, "earlier incident")}</summary>` +
        `<ol class="incidents">${items.slice(MOST_OPEN).join("")}</ol></details>`,
    failures === 0
      ? ""
      : `<p class="soft">Not listed: ${formatQuantity(failures, "single failure")} of ${
        formatQuantity(failed, "check")
      }, ${formatDuration(down)} in all, each over before it was an outage.</p>`,
  ];
  return `<section class="card" id="incidents"><h2>Incidents <span class="soft">${
    formatCount(items.length)
  }</span></h2>${parts.join("")}</section>`;
}

/**
 * Renders one outage: its ends, its length and its cause.
 *
 * @param state State of the check, which tells if an outage without an end is still seen
 */
export function renderOutage({ start, end, lastSeen, ms, cause }: Outage, state: ReportState): string {
  const whole = distance(start, end ?? lastSeen);
  const rest = whole - ms > NEGLIGIBLE ? ` observed, of ${formatDuration(whole)}` : "";
  return `<span class="when">${renderSecond(start)} – ${renderEnd({ end, lastSeen }, state)}</span> ` +
    `<span class="length"><b>${formatDuration(ms)}</b>${rest}</span> <bdi class="cause">${
      escapeHtml(cause)
    }</bdi>`;
}

function renderEnd({ end, lastSeen }: Pick<Outage, "end" | "lastSeen">, state: ReportState): string {
  if (end !== null) return renderSecond(end);
  const seen = state === "down" || state === "failing" || state === "flapping";
  return seen ? `<b class="down">still down</b>` : `end not seen, last seen down ${renderSecond(lastSeen)}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
