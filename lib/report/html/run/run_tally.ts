/**
 * Gathers everything that the page of a run shows.
 *
 * @module
 */

import { chainStart, chainTotal } from "../../../redirect_chain.ts";
import type { ProbeResult } from "../../../result.ts";
import type { CheckOutcome } from "../../check_outcome.ts";
import { BatchTally } from "../../summary/batch_summary.ts";
import { type Outcome, OUTCOME_NAMES, outcomeOf } from "./outcome.ts";
import { renderRow } from "./row.ts";
import { RowStore } from "./row_store.ts";

/** The rows of a run, within a bound of memory. */
export class RunTally {
  /** Figures that the page shares with the summary of a batch. */
  readonly batch: BatchTally = new BatchTally();
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

  /** Adds one more row. */
  add(result: ProbeResult, check?: CheckOutcome): void {
    const outcome = outcomeOf(result, check);
    this.batch.add(result);
    this.outcomes[outcome]++;
    if (check !== undefined) this.ofChecks = true;
    const started = Date.parse(chainStart(result));
    if (started < this.startedAt) this.startedAt = started;
    const ended = started + chainTotal(result);
    if (ended > this.endedAt) this.endedAt = ended;
    const number = this.rows;
    this.kept.add(number, outcome === "ok", () => renderRow({ number, result, check, outcome }));
  }

  /** Number of rows. */
  get rows(): number {
    return OUTCOME_NAMES.reduce((sum, name) => sum + this.outcomes[name], 0);
  }
}
