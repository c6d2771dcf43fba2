/**
 * Reads the runs of a check from a history.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Verdict } from "../run_task.ts";
import type { TimeWindow } from "./change_row.ts";
import { REPORT_PHASES, type ReportPhase } from "./uptime_report.ts";

/**
 * The runs of one check in the order of time, one column for each fact: to make an object for each of a million runs
 * would take longer than the rest of the report.
 */
export interface RunColumns {
  /** Start of each run, milliseconds since 1970. */
  readonly at: Float64Array;
  readonly verdicts: readonly Verdict[];
  /**
   * Duration of each phase in milliseconds. NaN if the phase was not measured, or if no response was read: that duration
   * would tell more about the timeout than about the server.
   */
  readonly times: Readonly<Record<ReportPhase, Float64Array>>;
  /** Starts that were missed. */
  readonly skipped: number;
  /** Days until the certificate expires, from the last run that saw one. */
  readonly certificateDays: number | null;
}

/** Verdicts in the order of their numbers in the query. */
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
    // Deno has this method, but not yet its type.
    (this.#statements.runs as StatementSync & { setReturnArrays(on: boolean): void }).setReturnArrays(true);
  }

  /** Reads the runs of one check in a window. */
  read(id: number, { from, to }: TimeWindow): RunColumns {
    // The query selects these columns, and the tables are strict about types.
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
