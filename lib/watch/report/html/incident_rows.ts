/**
 * Joins outages that a reader takes for one incident.
 *
 * @module
 */

import type { Outage } from "../uptime_report.ts";
import { TOGETHER } from "./names.ts";
import type { NumberedCheck } from "./states.ts";

/** Most outages that stay items of their own though they belong together. */
const MOST_ALONE = 3;

/** An outage with its check. */
export interface Incident {
  readonly item: NumberedCheck;
  readonly outage: Outage;
}

/**
 * Lists the outages, the latest one first, in rows: one of them, many of one check, or one of many checks.
 *
 * @param most Number of outages at most, besides those without an end
 * @returns The rows, and the number of earlier outages that are in none of them
 */
export function readRows(
  checks: readonly NumberedCheck[],
  most: number,
): { readonly rows: Incident[][]; readonly left: number } {
  const all = checks.flatMap((item) => item.check.outages.map((outage) => ({ item, outage }))).sort(compare);
  const listed = all.filter(({ outage }, index) => index < most || outage.end === null);
  const rows = joinTogether(listed)
    .flatMap((row) => row.length > MOST_ALONE ? [row] : row.map((incident) => [incident]))
    .sort(([one], [other]) => compare(one!, other!));
  const joined = joinInARow(rows).flatMap((row) =>
    row.length > MOST_ALONE ? [row] : row.map((incident) => [incident])
  );
  return { rows: joined, left: all.length - listed.length };
}

/** Joins outages of several checks that began and ended at about the same time, for the same cause. */
function joinTogether(all: readonly Incident[]): Incident[][] {
  const rows: Incident[][] = [];
  const open = new Map<string, Incident[]>();
  for (const incident of all) {
    const { cause, end } = incident.outage;
    const key = JSON.stringify([cause, end === null, end === null ? incident.item.check.state : ""]);
    const row = open.get(key);
    const fits = row !== undefined && !row.some(({ item }) => item === incident.item) &&
      isClose(row[0]!.outage.start, incident.outage.start) &&
      isClose(row[0]!.outage.end ?? "", end ?? "");
    if (fits) row.push(incident);
    else {
      const begun = [incident];
      open.set(key, begun);
      rows.push(begun);
    }
  }
  return rows;
}

/** Joins outages of one check with none of another check between them. */
function joinInARow(rows: readonly Incident[][]): Incident[][] {
  const joined: Incident[][] = [];
  let series: Incident[] = [];
  for (const row of rows) {
    const [incident] = row;
    if (row.length === 1 && series[0]?.item === incident!.item) {
      series.push(incident!);
      continue;
    }
    joined.push([...row]);
    series = row.length === 1 ? joined.at(-1)! : [];
  }
  return joined;
}

function isClose(one: string, other: string): boolean {
  return one === other || Math.abs(Date.parse(one) - Date.parse(other)) <= TOGETHER;
}

function compare(one: Incident, other: Incident): number {
  const [first, second] = [one.outage.start, other.outage.start];
  return first === second ? one.item.number - other.item.number : first < second ? 1 : -1;
}
