/**
 * The runs of a check, read from the history.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Verdict } from "../run_task.ts";
import type { TimeWindow } from "./change_row.ts";
import { REPORT_PHASES, type ReportPhase } from "./uptime_report.ts";

/**
 * The runs of one check in the order of time. A column for each thing that is known of them, as an object for each of a
 * million runs takes longer to make than everything else.
 */
export interface RunColumns {
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
  readonly verdicts: readonly Verdict[];
  /**
   * Milliseconds; NaN where a phase was not measured, and where no answer was read: that time says more of the timeout
   * than of the server.
   */
  readonly times: Readonly<Record<ReportPhase, Float64Array>>;
  /** Slots that went by. */
  readonly skipped: number;
  /** Of the last run that saw a certificate. */
  readonly certificateDays: number | null;
}

/** In the order of the numbers that stand for them. */
const VERDICTS: readonly Verdict[] = ["up", "degraded", "down", "unknown"];

const SELECT_RUNS = `
  SELECT at, CASE verdict ${
  VERDICTS.map((verdict, index) => `WHEN '${verdict}' THEN ${index}`).join(" ")
} END,
    ${REPORT_PHASES.map((phase) => `iif(status IS NULL, NULL, ${phase})`).join(", ")}
  FROM runs WHERE check_id = ? AND at >= ? AND at < ? ORDER BY at`;
const SELECT_SKIPPED = "SELECT sum(skipped) AS skipped FROM runs WHERE check_id = ? AND at >= ? AND at < ?";
const SELECT_DAYS = `SELECT certificate_days AS days FROM runs
  WHERE check_id = ? AND at >= ? AND at < ? AND certificate_days IS NOT NULL ORDER BY at DESC LIMIT 1`;

/** Reads runs from a history. */
export class RunReader {
  readonly #statements: Readonly<Record<"runs" | "skipped" | "days", StatementSync>>;

  constructor(database: DatabaseSync) {
    this.#statements = {
      runs: database.prepare(SELECT_RUNS),
      skipped: database.prepare(SELECT_SKIPPED),
      days: database.prepare(SELECT_DAYS),
    };
    // It is there, and Deno's types do not have it yet.
    (this.#statements.runs as StatementSync & { setReturnArrays(on: boolean): void }).setReturnArrays(true);
  }

  /** The runs of one check in a window. */
  read(id: number, { from, to }: TimeWindow): RunColumns {
    // The columns are those of the query, and the tables are strict about their types.
    const rows = this.#statements.runs.all(id, from, to) as unknown as (number | null)[][];
    const column = (index: number) => columnOf(rows, index);
    const days = this.#statements.days.get(id, from, to)?.["days"];
    return {
      at: column(0),
      verdicts: rows.map((row) => VERDICTS[row[1]!]!),
      times: Object.fromEntries(
        REPORT_PHASES.map((phase, index) => [phase, column(index + 2)]),
      ) as RunColumns["times"],
      skipped: Number(this.#statements.skipped.get(id, from, to)?.["skipped"] ?? 0),
      certificateDays: days === undefined ? null : Number(days),
    };
  }
}

function columnOf(rows: readonly (readonly (number | null)[])[], index: number): Float64Array {
  const column = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) column[row] = rows[row]![index] ?? NaN;
  return column;
}
