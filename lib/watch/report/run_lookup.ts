/**
 * Looks up single runs of a check in a history.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Verdict } from "../run_task.ts";

/** A run as it is looked up. */
export interface FoundRun {
  /** Start, milliseconds since 1970. */
  readonly at: number;
  readonly verdict: Verdict | "maintenance";
  /** Why the run is not up; `null` if it is. */
  readonly cause: string | null;
}

/** Looks up single runs of one check. */
export interface RunLookup {
  /** Finds the first run of the history. */
  first(): FoundRun | undefined;
  /** Finds the last run that began before a time. */
  lastBefore(time: number): FoundRun | undefined;
  /** Finds the last run with one of some verdicts that began before a time. */
  lastOf(verdicts: readonly FoundRun["verdict"][], before: number): FoundRun | undefined;
  /** Finds the first run with a verdict that began after a time. */
  firstOf(verdict: FoundRun["verdict"], after: number): FoundRun | undefined;
  /** Reads why a run is not up. */
  causeAt(at: number): string | undefined;
  /** Computes the milliseconds that the tries of a run took; 0 if it cannot have taken that long. */
  took(at: number): number;
}

/** Milliseconds between tries at most, and the share of an interval. */
const RETRY_WAIT = { most: 1000, share: 0.1 };

/** Milliseconds that a try can take. If it took longer, the machine was asleep meanwhile. */
const LONGEST_TRY = 300_000;

const VERDICT = "iif(excluded IS NOT NULL, 'maintenance', verdict)";
const SELECT = `SELECT at, ${VERDICT} AS verdict, cause FROM runs WHERE check_id = ?`;

/** Makes lookups for one check after the other. */
export class RunFinder {
  readonly #statements: Readonly<
    Record<"first" | "last" | "lastOf" | "firstOf" | "cause" | "took", StatementSync>
  >;

  constructor(database: DatabaseSync) {
    this.#statements = {
      first: database.prepare(`${SELECT} ORDER BY at LIMIT 1`),
      last: database.prepare(`${SELECT} AND at < ? ORDER BY at DESC LIMIT 1`),
      lastOf: database.prepare(
        `${SELECT} AND at < ? AND instr(?, ${VERDICT}) > 0 ORDER BY at DESC LIMIT 1`,
      ),
      firstOf: database.prepare(`${SELECT} AND at > ? AND ${VERDICT} = ? ORDER BY at LIMIT 1`),
      cause: database.prepare("SELECT cause FROM runs WHERE check_id = ? AND at = ?"),
      took: database.prepare("SELECT total, retries FROM runs WHERE check_id = ? AND at = ?"),
    };
  }

  /** Makes the lookup of one check. */
  of(id: number, interval: number): RunLookup {
    const { first, last, lastOf, firstOf, cause, took } = this.#statements;
    // The queries select these fields, and the tables are strict about types.
    const found = (row: unknown) => row as FoundRun | undefined;
    return {
      first: () => found(first.get(id)),
      lastBefore: (time) => found(last.get(id, time)),
      lastOf: (verdicts, before) => found(lastOf.get(id, before, verdicts.join(" "))),
      firstOf: (verdict, after) => found(firstOf.get(id, after, verdict)),
      causeAt(at) {
        const text = cause.get(id, at)?.["cause"];
        return typeof text === "string" ? text : undefined;
      },
      took(at) {
        const { total, retries } = took.get(id, at) as { total: number; retries: number };
        if (total > LONGEST_TRY) return 0;
        return (retries + 1) * total + retries * Math.min(RETRY_WAIT.most, RETRY_WAIT.share * interval);
      },
    };
  }
}
