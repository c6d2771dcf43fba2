/**
 * Renders the incidents of all checks in one list.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { type Incident, readRows } from "./incident_rows.ts";
import { renderNames } from "./names.ts";
import { renderOutage } from "./outage.ts";
import { type NumberedCheck, renderLink } from "./states.ts";
import { renderSecond } from "../../../report/html/times.ts";

/** Most items that the reader sees without asking for more. */
const MOST_OPEN = 50;

/** Most outages of the page: more of them would make it slow, and nobody reads them. */
const MOST_LISTED = 1000;

/** Renders the outages of all checks, the latest one first, and the number of single failures. */
export function renderIncidents(checks: readonly NumberedCheck[]): string {
  const count = checks.reduce((sum, { check }) => sum + check.outages.length, 0);
  const { rows, left } = readRows(checks, MOST_LISTED);
  const items = rows.map(renderRow);
  const parts = [
    count === 0
      ? "<p>No outage in this window.</p>"
      : `<ol class="incidents">${items.slice(0, MOST_OPEN).join("")}</ol>`,
    items.length <= MOST_OPEN
      ? ""
      : `<details><summary>Earlier incidents</summary><ol class="incidents">${
        items.slice(MOST_OPEN).join("")
      }</ol></details>`,
    left === 0
      ? ""
      : `<p class="soft">Not listed: ${
        formatQuantity(left, "earlier outage")
      }. The JSON report has all of them.</p>`,
    renderFailures(checks),
  ];
  return `<section class="card" id="incidents"><h2>Incidents <span class="soft">${
    formatCount(count)
  }</span></h2>${parts.join("")}</section>`;
}

function renderRow(row: readonly Incident[]): string {
  const [first] = row;
  if (row.length === 1) return `<li>${renderIncident(first!)}</li>`;
  const items = row.map((incident) => `<li>${renderIncident(incident)}</li>`);
  const checks = [...new Set(row.map(({ item }) => item))];
  return `<li>${renderNames(checks)} ${
    checks.length === 1 ? describeSeries(row) : describeTogether(row)
  }<details><summary>Each of them</summary><ol class="outages">${items.join("")}</ol></details></li>`;
}

function renderIncident({ item, outage }: Incident): string {
  return `${renderLink(item)} ${renderOutage(outage, item.check)}`;
}

/** Describes many outages of one check. */
function describeSeries(row: readonly Incident[]): string {
  const [first, last] = [row.at(-1)!.outage, row[0]!.outage];
  const down = row.reduce((sum, { outage: { ms } }) => sum + ms, 0);
  return `${formatQuantity(row.length, "outage")} from ${renderSecond(first.start)} to ${
    renderSecond(last.end ?? last.lastSeen)
  } <b>${formatDuration(down)}</b>`;
}

/** Describes outages of many checks at one time by the first one of them. */
function describeTogether(row: readonly Incident[]): string {
  const { item, outage } = row.at(-1)!;
  return `down together, the first one ${renderOutage(outage, item.check)}`;
}

function renderFailures(checks: readonly NumberedCheck[]): string {
  const failed = checks.filter(({ check }) => check.failures > 0);
  if (failed.length === 0) return "";
  const failures = failed.reduce((sum, { check }) => sum + check.failures, 0);
  const down = failed.reduce((sum, { check }) => sum + check.downInFailures, 0);
  return `<p class="soft">Not listed: ${formatQuantity(failures, "single failure")} of ${
    formatQuantity(failed.length, "check")
  }, ${formatDuration(down)} in all, each over before it was an outage.</p>`;
}
