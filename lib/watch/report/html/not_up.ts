/**
 * Renders the checks that are not up.
 *
 * @module
 */

import type { CheckReport } from "../uptime_report.ts";
import { renderNames, TOGETHER } from "./names.ts";
import { compareStates, type NumberedCheck, renderReason, renderState } from "./states.ts";

/** Checks with the same state and cause that got into it together. */
interface Item {
  readonly checks: NumberedCheck[];
  /** Times of the first and the last check of them, milliseconds since 1970. */
  first: number;
  last: number;
}

/** Renders the checks that are not up, the worst one first. Checks that failed together become one item. */
export function renderNotUp(checks: readonly NumberedCheck[]): string {
  const down = checks.filter(({ check: { state } }) => state !== "up" && state !== "removed");
  if (down.length === 0) return "";
  const items = joinItems(down.toSorted(compareStates)).map(({ checks, last }) => {
    const { check } = checks.reduce((
      first,
      item,
    ) => (beginning(item.check) < beginning(first.check) ? item : first));
    const until = Number.isNaN(last) ? undefined : new Date(last).toISOString();
    return `<li>${renderState(check.state)} ${renderNames(checks)} <span class="why">${
      renderReason(check, { until })
    }</span></li>`;
  });
  return `<section class="card" id="not-up"><h2>Not up</h2><ul class="not-up">${
    items.join("")
  }</ul></section>`;
}

function joinItems(checks: readonly NumberedCheck[]): Item[] {
  const items = new Map<string, Item[]>();
  const all: Item[] = [];
  for (const numbered of checks) {
    const { check } = numbered;
    const key = JSON.stringify([check.state, check.condition, check.cause]);
    const alike = items.get(key) ?? [];
    items.set(key, alike);
    const at = Date.parse(beginning(check));
    // An unknown time is NaN, and two unknown times count as equal.
    const found = alike.find(({ first, last }) =>
      Number.isNaN(at) ? Number.isNaN(first) : Math.max(last, at) - Math.min(first, at) <= TOGETHER
    );
    if (found === undefined) {
      const item = { checks: [numbered], first: at, last: at };
      alike.push(item);
      all.push(item);
    } else {
      found.checks.push(numbered);
      found.first = Math.min(found.first, at);
      found.last = Math.max(found.last, at);
    }
  }
  return all;
}

/** Gives the time at which a check got into its state; an empty text if the history does not tell. */
function beginning({ noDataSince, since, state }: CheckReport): string {
  return (state === "no-data" ? noDataSince : since) ?? "";
}
