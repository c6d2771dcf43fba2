/**
 * Renders the incidents of all checks in one list.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import type { Outage } from "../uptime_report.ts";
import { renderOutage } from "./outage.ts";
import { type NumberedCheck, renderLink } from "./states.ts";
import { renderSecond } from "./times.ts";

/** Most items that the reader sees without asking for more. */
const MOST_OPEN = 50;

/** Most outages of one check in a row that are items of their own; more of them are one item. */
const MOST_IN_A_ROW = 3;

/** Outages of a check with none of another check between them, the latest one first. */
interface Row {
  readonly item: NumberedCheck;
  readonly outages: Outage[];
}

/** Renders the outages of all checks, the latest one first, and the number of single failures. */
export function renderIncidents(checks: readonly NumberedCheck[]): string {
  const count = checks.reduce((sum, { check }) => sum + check.outages.length, 0);
  const items = readRows(checks).flatMap(renderRow);
  const parts = [
    count === 0
      ? "<p>No outage in this window.</p>"
      : `<ol class="incidents">${items.slice(0, MOST_OPEN).join("")}</ol>`,
    items.length <= MOST_OPEN
      ? ""
      : `<details><summary>Earlier incidents</summary><ol class="incidents">${
        items.slice(MOST_OPEN).join("")
      }</ol></details>`,
    renderFailures(checks),
  ];
  return `<section class="card" id="incidents"><h2>Incidents <span class="soft">${
    formatCount(count)
  }</span></h2>${parts.join("")}</section>`;
}

function readRows(checks: readonly NumberedCheck[]): Row[] {
  const all = checks.flatMap((item) => item.check.outages.map((outage) => ({ item, outage })))
    .sort((one, other) =>
      compare(other.outage.start, one.outage.start) || one.item.number - other.item.number
    );
  const rows: Row[] = [];
  for (const { item, outage } of all) {
    const last = rows.at(-1);
    if (last?.item === item) last.outages.push(outage);
    else rows.push({ item, outages: [outage] });
  }
  return rows;
}

function renderRow({ item, outages }: Row): string[] {
  const link = `<strong>${renderLink(item)}</strong>`;
  const { state } = item.check;
  if (outages.length <= MOST_IN_A_ROW) {
    return outages.map((outage) => `<li>${link} ${renderOutage(outage, state)}</li>`);
  }
  const [first, last] = [outages.at(-1)!, outages[0]!];
  const down = outages.reduce((sum, { ms }) => sum + ms, 0);
  const items = outages.map((outage) => `<li>${renderOutage(outage, state)}</li>`);
  return [
    `<li>${link} ${formatQuantity(outages.length, "outage")} from ${renderSecond(first.start)} to ${
      renderSecond(last.end ?? last.lastSeen)
    } <b>${formatDuration(down)}</b><details><summary>Each of them</summary><ol class="outages">${
      items.join("")
    }</ol></details></li>`,
  ];
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

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
