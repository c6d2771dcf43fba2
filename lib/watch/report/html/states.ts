/**
 * The states of checks as the page shows them.
 *
 * @module
 */

import { formatDuration } from "../../../text/duration.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { compareUrgency, conditionBefore, nameState } from "../report_figures.ts";
import type { CheckReport, ReportState } from "../uptime_report.ts";
import { distance, renderBoth } from "../../../report/html/times.ts";

/** A sign for each state, the worst state first. It tells states apart without colour. */
const SIGNS: Readonly<Record<ReportState, string>> = {
  "down": "✕",
  "failing": "!",
  "flapping": "~",
  "degraded": "▲",
  "no-data": "?",
  "unknown": "?",
  "maintenance": "=",
  "new": "·",
  "up": "✓",
  "removed": "–",
};

/** All states, the worst one first. */
export const STATE_ORDER = Object.keys(SIGNS) as readonly ReportState[];

/** A check of the report, and its number, which names its place on the page. */
export interface NumberedCheck {
  readonly check: CheckReport;
  readonly number: number;
}

/** Compares checks: the worst state first, then the order of the report. */
export function compareStates(one: NumberedCheck, other: NumberedCheck): number {
  return compareUrgency(one.check, other.check) || one.number - other.number;
}

/** Gives the rank of a state; the worst one has 0. */
export function rankOf(state: ReportState): number {
  return STATE_ORDER.indexOf(state);
}

/** Renders the sign of a state, which screen readers skip. */
export function renderSign(state: ReportState): string {
  return `<b class="sign ${state}" aria-hidden="true">${SIGNS[state]}</b>`;
}

/** Renders the state of a check as a label. */
export function renderState(state: ReportState): string {
  return `<span class="state ${state}"><b aria-hidden="true">${SIGNS[state]}</b> ${nameState(state)}</span>`;
}

/** Renders a link to the place of a check on the page. */
export function renderLink({ check: { name }, number }: NumberedCheck): string {
  return `<a href="#check-${number}"><bdi>${escapeHtml(name)}</bdi></a>`;
}

/**
 * Renders since when and why a check is in its state; an empty text if there is nothing to say.
 *
 * @param options `until`: time at which the last one of several checks got into the state, ISO 8601
 */
export function renderReason(
  check: CheckReport,
  { until }: { readonly until?: string | undefined } = {},
): string {
  const { state, since, cause, noDataSince } = check;
  const told = cause === null ? "" : `<bdi>${escapeHtml(cause)}</bdi>`;
  switch (state) {
    case "no-data": {
      const before = conditionBefore(check);
      const past = before === undefined ? "" : ` Before that it was ${before}.`;
      return noDataSince === null ? "no data" : `no data since ${renderPeriod(noDataSince, until)}.${past}`;
    }
    case "new":
      return "no run so far";
    case "removed":
      return [since === null ? "" : `on ${renderPeriod(since, until)}`, told].filter((part) => part !== "")
        .join(": ");
    case "up":
    case "degraded":
    case "failing":
    case "down":
    case "flapping":
    case "unknown":
    case "maintenance": {
      const begin = since === null ? "" : `since ${renderPeriod(since, until)}${renderLength(check)}`;
      return [begin, told].filter((part) => part !== "").join(": ");
    }
  }
}

/** Renders for how long a check is known to be in its state: nobody looked after the time of the last run. */
function renderLength({ since, seenUntil }: CheckReport): string {
  const ms = since === null || seenUntil === null ? 0 : distance(since, seenUntil);
  return ms === 0 ? "" : `, for ${formatDuration(ms)}`;
}

/** Renders one time, or two of them if they differ by their minute. */
function renderPeriod(from: string, to: string = from): string {
  return from.slice(0, 16) === to.slice(0, 16)
    ? renderBoth(from)
    : `${renderBoth(from)} to ${renderBoth(to)}`;
}
