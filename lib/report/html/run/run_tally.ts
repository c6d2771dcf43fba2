/**
 * Gathers everything that the page of a run shows.
 *
 * @module
 */

import { chainStart, chainTimings } from "../../../redirect_chain.ts";
import type { ProbeResult } from "../../../result.ts";
import type { CheckOutcome } from "../../check_outcome.ts";
import { BatchTally } from "../../summary/batch_summary.ts";
import { COLUMNS } from "../../row_columns.ts";
import { CertificateTally } from "./certificates.ts";
import { ConnectionTally } from "./connections.ts";
import { DeviationTally } from "./deviations.ts";
import { ErrorTally } from "./errors.ts";
import { ExpectationTally } from "./expectations.ts";
import { type Outcome, OUTCOME_NAMES, outcomeOf } from "./outcome.ts";
import { renderRow } from "./row.ts";
import type { RowName } from "./row_list.ts";
import { RowStore } from "./row_store.ts";
import { SlowestRows } from "./slowest.ts";
import { StatusTally } from "./statuses.ts";
import { RunTimes } from "./times.ts";

/** Most inputs that are remembered to notice that one came again. */
const MOST_INPUTS = 10_000;

/** Most characters of a name; a part of the page shows it with fewer. */
const LONGEST_NAME = 2_000;

/** Facts about a row that its result lacks. */
export interface TalliedRow {
  /** Outcome of the check to which the row belongs. */
  readonly check?: CheckOutcome | undefined;
  /** The row may have a place in the table. @default true */
  readonly shown?: boolean | undefined;
}

/** The rows of a run, within a bound of memory. */
export class RunTally {
  /** Figures that the page shares with the summary of a batch. */
  readonly batch: BatchTally = new BatchTally();
  readonly errors: ErrorTally = new ErrorTally();
  readonly expectations: ExpectationTally = new ExpectationTally();
  readonly statuses: StatusTally = new StatusTally();
  readonly times: RunTimes = new RunTimes();
  readonly slowest: SlowestRows = new SlowestRows();
  readonly connections: ConnectionTally = new ConnectionTally();
  readonly certificates: CertificateTally = new CertificateTally();
  readonly deviations: DeviationTally = new DeviationTally();
  /** Rows of the table. */
  readonly kept: RowStore = new RowStore();
  /** Rows by outcome. */
  readonly outcomes: Record<Outcome, number> = { failed: 0, unmeasured: 0, degraded: 0, ok: 0 };
  /** Start of the first row, milliseconds since 1970; `Infinity` before it. */
  startedAt = Infinity;
  /** End of the last row, milliseconds since 1970. */
  endedAt = -Infinity;
  /** The rows are runs of checks. */
  ofChecks = false;

  /** An input came more than once, so that rows are requests and not targets. */
  repeated = false;
  readonly #inputs = new Set<string>();

  /** Adds one more row. */
  add(result: ProbeResult, { check, shown = true }: TalliedRow): void {
    const outcome = outcomeOf(result, check);
    this.outcomes[outcome]++;
    this.batch.add(result);
    if (check !== undefined) this.ofChecks = true;
    this.#noteInput(result.input);
    const number = this.rows;
    this.#addParts(result, { number, name: (check?.name ?? result.input).slice(0, LONGEST_NAME) });
    if (shown) this.kept.add(number, outcome === "ok", () => renderRow({ number, result, check, outcome }));
  }

  /** Number of rows. */
  get rows(): number {
    return OUTCOME_NAMES.reduce((sum, name) => sum + this.outcomes[name], 0);
  }

  #addParts(result: ProbeResult, row: RowName): void {
    const { error, status, checks, deviations, connection } = result;
    if (error !== undefined) this.errors.add(error, row);
    if (status !== undefined) this.statuses.add(status, row);
    this.expectations.add(checks, row);
    this.connections.add(result, row);
    this.certificates.add(result, row);
    this.deviations.add(deviations, row);
    // A line that is not a target took no time.
    if (error?.kind === "usage") return;
    const timings = chainTimings(result);
    this.#noteTime(Date.parse(chainStart(result)), timings.total);
    this.slowest.add(row, timings, COLUMNS.status.text(result).trim());
    if (error === undefined) this.times[connection?.reused ? "warm" : "cold"].add(timings);
  }

  #noteTime(started: number, total: number): void {
    if (started < this.startedAt) this.startedAt = started;
    if (started + total > this.endedAt) this.endedAt = started + total;
  }

  #noteInput(input: string): void {
    if (this.#inputs.has(input)) this.repeated = true;
    else if (this.#inputs.size < MOST_INPUTS) this.#inputs.add(input);
  }
}
