/**
 * Renders the top of the page: how many checks are up, and the figures of all checks together.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { formatUptime } from "../report_figures.ts";
import type { CheckReport, UptimeReport } from "../uptime_report.ts";
import { renderSign, STATE_ORDER, wordFor } from "./states.ts";
import { renderBoth } from "./times.ts";

/** Renders how many checks are up, and the figures of all checks together. */
export function renderOverview(report: UptimeReport): string {
  const { checks } = report;
  const watched = checks.filter(({ state }) => state !== "removed");
  const worst = STATE_ORDER.find((state) => watched.some((check) => check.state === state)) ?? "removed";
  const counts = STATE_ORDER.flatMap((state) => {
    const count = checks.filter((check) => check.state === state).length;
    return count === 0
      ? []
      : [`<li class="${state}">${renderSign(state)}${formatCount(count)} ${wordFor(state)}</li>`];
  });
  const stale =
    watched.length > 0 && watched.every(({ state }) => state === "no-data") && report.lastRun !== null
      ? `<p class="stale">No data since ${
        renderBoth(report.lastRun)
      }. Every state on this page is older than that.</p>`
      : "";
  return `<section class="card overview ${worst}" aria-label="Overview"><h2>${renderSign(worst)}${
    headline(checks)
  }</h2>${stale}<ul class="counts">${counts.join("")}</ul><p class="totals">${
    describeTotals(checks)
  }</p></section>`;
}

/** Says how many checks are down, or else how many are up, for people who read nothing else. */
export function headline(checks: readonly CheckReport[]): string {
  const watched = checks.filter(({ state }) => state !== "removed");
  const [first] = watched;
  if (first === undefined) return "No check is watched";
  if (watched.every(({ state }) => state === "no-data")) return "No current data";
  if (watched.length === 1) {
    const known = first.state === "up" || first.state === "down";
    return known ? `The check is ${first.state}` : `The check is not up: ${wordFor(first.state)}`;
  }
  const [up, down] = (["up", "down"] as const).map((state) =>
    watched.filter((check) => check.state === state).length
  );
  const all = formatCount(watched.length);
  if (up === watched.length) return `All ${all} checks are up`;
  return down === 0
    ? `${formatCount(up!)} of ${all} checks ${up === 1 ? "is" : "are"} up`
    : `${formatCount(down!)} of ${all} checks ${down === 1 ? "is" : "are"} down`;
}

function describeTotals(checks: readonly CheckReport[]): string {
  const sum = (of: (check: CheckReport) => number) => checks.reduce((total, check) => total + of(check), 0);
  const observed = sum((check) => check.observed);
  const [outages, failures] = [sum((check) => check.outages.length), sum((check) => check.failures)];
  const uptime = formatUptime(observed === 0 ? null : 1 - sum((check) => check.down) / observed);
  const parts = [
    `<b>${uptime}</b> of the observed time up`,
    outages === 0
      ? "no outage"
      : `<b>${formatQuantity(outages, "outage")}</b>, ${
        formatDuration(sum((check) => check.downInOutages))
      } down`,
    ...(failures === 0 ? [] : [
      `<b>${formatQuantity(failures, "single failure")}</b>, ${
        formatDuration(sum((check) => check.downInFailures))
      } down`,
    ]),
  ];
  return parts.join(" · ");
}
