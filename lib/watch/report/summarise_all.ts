/**
 * Describes all checks of an uptime report together.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { formatUptime, nameState } from "./report_figures.ts";
import type { CheckReport, UptimeReport } from "./uptime_report.ts";

/** Says how many checks are down, or else how many are up, for people who read nothing else. */
export function headline(checks: readonly CheckReport[]): string {
  const watched = checks.filter(({ state }) => state !== "removed");
  const [first] = watched;
  if (first === undefined) return "No check is watched";
  if (watched.every(({ state }) => state === "no-data")) return "No current data";
  if (watched.length === 1) {
    const known = first.state === "up" || first.state === "down";
    return known ? `The check is ${first.state}` : `The check is not up: ${nameState(first.state)}`;
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

/** Explains that a window of the past or the future says nothing about the states; nothing if it reaches up to now. */
export function explainStates({ from, to, madeAt }: Pick<UptimeReport, "from" | "to" | "madeAt">): string[] {
  // Times in ISO 8601 sort as text.
  return from <= madeAt && madeAt <= to
    ? []
    : ["The states are those of the time at which the report was made, the figures those of the window."];
}

/** Describes the time up, the outages and the single failures of all checks, each as a figure and its rest. */
export function describeTotals(checks: readonly CheckReport[]): (readonly [figure: string, rest: string])[] {
  const sum = (of: (check: CheckReport) => number) => checks.reduce((total, check) => total + of(check), 0);
  const observed = sum((check) => check.observed);
  const [outages, failures] = [sum((check) => check.outages.length), sum((check) => check.failures)];
  const time = (ms: number) => ms === 0 ? "" : ` (${formatDuration(ms)})`;
  return [
    observed === 0
      ? ["nothing observed", ""]
      : [formatUptime(1 - sum((check) => check.down) / observed), " of the observed time up"],
    outages === 0
      ? ["no outage", ""]
      : [formatQuantity(outages, "outage"), time(sum((check) => check.downInOutages))],
    ...(failures === 0 ? [] : [
      [formatQuantity(failures, "single failure"), time(sum((check) => check.downInFailures))] as const,
    ]),
  ];
}
