/**
 * Renders the top of the page: how many checks are up, and the figures of all checks together.
 *
 * @module
 */

import { formatCount } from "../../../text/count.ts";
import { nameState } from "../report_figures.ts";
import { describeTotals, explainStates, headline } from "../summarise_all.ts";
import type { UptimeReport } from "../uptime_report.ts";
import { renderSign, STATE_ORDER } from "./states.ts";
import { renderBoth } from "../../../report/html/times.ts";

/** Renders how many checks are up, and the figures of all checks together. */
export function renderOverview(report: UptimeReport): string {
  const { checks } = report;
  const watched = checks.filter(({ state }) => state !== "removed");
  const worst = STATE_ORDER.find((state) => watched.some((check) => check.state === state)) ?? "removed";
  const counts = STATE_ORDER.flatMap((state) => {
    const count = checks.filter((check) => check.state === state).length;
    return count === 0
      ? []
      : [`<li class="${state}">${renderSign(state)}${formatCount(count)} ${nameState(state)}</li>`];
  });
  const stale =
    watched.length > 0 && watched.every(({ state }) => state === "no-data") && report.lastRun !== null
      ? `<p class="stale">No data since ${
        renderBoth(report.lastRun)
      }. Every state on this page is older than that.</p>`
      : "";
  const explained = explainStates(report).map((text) => `<p class="soft">${text}</p>`).join("");
  return `<section class="card overview ${worst}" aria-label="Overview"><h2>${renderSign(worst)}${
    headline(checks)
  }</h2>${stale}<ul class="counts">${counts.join("")}</ul><p class="totals">${
    describeTotals(checks).map(([figure, rest]) => `<b>${figure}</b>${rest}`).join(" · ")
  }</p>${explained}</section>`;
}
