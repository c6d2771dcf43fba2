/**
 * Tells the state of a check at the time of a report.
 *
 * @module
 */

import type { CheckState } from "../state/check_state.ts";
import type { ChangeRow } from "./change_row.ts";
import type { Down } from "./outages.ts";
import type { FoundRun, RunLookup } from "./run_lookup.ts";
import type { ReportState } from "./uptime_report.ts";

/** Usual distances after which the next run is overdue. */
const OVERDUE = 2.5;

/** Milliseconds that a run may take before the history has it: the usual time limit. */
const SLOW_RUN = 10_000;

/** The state of a check with its beginning, milliseconds since 1970. */
export interface CurrentState {
  readonly state: ReportState;
  readonly since: number | null;
  readonly cause: string | null;
  readonly lastRun: number | null;
  /** End of the time that the last run stands for. */
  readonly seenUntil: number | null;
  readonly noDataSince: number | null;
}

/** Facts that the state follows from. */
export interface StateFacts {
  readonly checkState: CheckState;
  /** Time at which the task file was first read without the check, and the file. */
  readonly removed: number | null;
  readonly source: string | null;
  readonly changes: readonly ChangeRow[];
  readonly outages: readonly Down[];
  readonly lookup: RunLookup;
  /** Milliseconds between runs: the usual distance at the end of the history, or the interval if it is longer. */
  readonly distance: number;
  /** Milliseconds that the last run stands for. */
  readonly stands: number;
}

/** Tells the state of a check. Nothing is current that the last run did not see, or that no run saw lately. */
export function currentState(facts: StateFacts, now: number): CurrentState {
  // The clock may have been wrong, so there may be runs of times that have not come yet.
  const last = facts.lookup.lastBefore(now + 1);
  const lastRun = last?.at ?? null;
  const seenUntil = lastRun === null ? null : Math.min(now, lastRun + facts.stands);
  const overdue = lastRun === null ||
    now - lastRun > Math.max(OVERDUE * facts.distance, facts.distance + SLOW_RUN);
  const noDataSince = overdue ? lastRun : null;
  const { removed, source } = facts;
  if (removed !== null) {
    const cause = `it is no longer in ${source ?? "its task file"}`;
    return { state: "removed", since: removed, cause, lastRun, seenUntil, noDataSince };
  }
  if (overdue) return { state: "no-data", since: lastRun, cause: null, lastRun, seenUntil, noDataSince };
  const current = stateOf(last!, facts);
  // If the clock was set back, a state may seem to begin later than now.
  const since = current.since === null || current.since > now ? null : current.since;
  return { ...current, since, lastRun, seenUntil, noDataSince };
}

function stateOf(last: FoundRun, facts: StateFacts): Pick<CurrentState, "state" | "since" | "cause"> {
  const { checkState: { condition, since, flapping }, lookup, outages, changes } = facts;
  if (last.verdict === "unknown" || last.verdict === "maintenance") {
    const begun = beginningOf(last, ["up", "degraded", "down", "unknown", "maintenance"], lookup);
    return { state: last.verdict, since: begun.at, cause: last.cause };
  }
  if (flapping !== undefined) {
    return { state: "flapping", since: Date.parse(flapping.since), cause: flapping.cause };
  }
  const outage = outages.at(-1);
  if (condition === "down") {
    const cause = outage?.cause ?? lookup.causeAt(Date.parse(since)) ?? null;
    return { state: "down", since: outage?.start ?? Date.parse(since), cause };
  }
  const others = ["up", "degraded", "down"] as const;
  if (last.verdict === "down" || last.verdict === "degraded" && condition !== "degraded") {
    const { at, cause } = beginningOf(last, others, lookup);
    return { state: last.verdict === "down" ? "failing" : "degraded", since: at, cause };
  }
  const told = changes.findLast(({ from, to }) => from !== to)?.cause;
  const cause = condition === "degraded" ? lookup.causeAt(Date.parse(since)) ?? told ?? null : null;
  return { state: condition, since: Date.parse(since), cause };
}

/** Finds the first of the last runs with the same verdict; only some verdicts end such a series. */
function beginningOf(
  last: FoundRun,
  verdicts: readonly FoundRun["verdict"][],
  lookup: RunLookup,
): FoundRun {
  const other = lookup.lastOf(verdicts.filter((verdict) => verdict !== last.verdict), last.at);
  return lookup.firstOf(last.verdict, other?.at ?? -Infinity) ?? last;
}
