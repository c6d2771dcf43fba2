/**
 * Reads the runs of a check from a history.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { impossibleValue } from "../history/damage.ts";
import type { TimeWindow } from "./change_row.ts";
import type { PartVerdict } from "./report_parts.ts";
import { NEIGHBOURS } from "./standing_time.ts";
import { REPORT_PHASES, type ReportPhase } from "./report_phases.ts";

/** Verdicts by their numbers in {@linkcode RunColumns}. A run in maintenance has no other verdict. */
export const VERDICTS = ["up", "degraded", "down", "unknown", "maintenance"] as const satisfies PartVerdict[];

/** The numbers of {@linkcode VERDICTS}. */
export const UP = 0, DEGRADED = 1, DOWN = 2, UNKNOWN = 3, MAINTENANCE = 4;

/**
 * The runs of one check in the order of time, one column for each fact: to make an object for each of a million runs
 * would take longer than the rest of the report. A few runs before and after the window tell how far the runs of the
 * window reach.
 */
export interface RunColumns {
  /** Start of each run, milliseconds since 1970. */
  readonly at: Float64Array;
  /** Number of the verdict of each run in {@linkcode VERDICTS}. */
  readonly verdicts: Uint8Array;
  /** Index of the first run in the window. */
  readonly begin: number;
  /** Index of the first run after the window. */
  readonly end: number;
  /**
   * Duration of each phase in milliseconds, of the runs in the window only. NaN if the phase was not measured, if a run
   * failed without a response, and in maintenance.
   */
  readonly times: Readonly<Record<ReportPhase, Float64Array>>;
}

const VERDICT_NUMBER = `CASE WHEN excluded IS NOT NULL THEN ${MAINTENANCE} ELSE CASE verdict ${
  VERDICTS.map((verdict, index) => `WHEN '${verdict}' THEN ${index}`).join(" ")
} ELSE ${VERDICTS.length} END END`;
/** A failed run without a response, whose duration would tell more about the timeout than about the server. */
const WITHOUT_TIMES = "status IS NULL AND verdict NOT IN ('up', 'degraded')";
const SELECT_RUNS = `SELECT at, ${VERDICT_NUMBER},
    ${REPORT_PHASES.map((phase) => `iif(${WITHOUT_TIMES}, NULL, ${phase})`).join(", ")}
  FROM runs WHERE check_id = ? AND at >= ? AND at < ? ORDER BY at`;
const SELECT_BEFORE = `SELECT at, ${VERDICT_NUMBER}
  FROM runs WHERE check_id = ? AND at < ? ORDER BY at DESC LIMIT ${NEIGHBOURS}`;
const SELECT_AFTER = `SELECT at, ${VERDICT_NUMBER}
  FROM runs WHERE check_id = ? AND at >= ? ORDER BY at LIMIT ${NEIGHBOURS}`;

type Rows = readonly (readonly (number | null)[])[];

/** Reads runs from a history. */
export class RunReader {
  readonly #statements: Readonly<Record<"runs" | "before" | "after", StatementSync>>;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => {
      // Deno has this method, but not yet its type.
      const statement = database.prepare(sql) as StatementSync & { setReturnArrays(on: boolean): void };
      statement.setReturnArrays(true);
      return statement;
    };
    this.#statements = {
      runs: prepare(SELECT_RUNS),
      before: prepare(SELECT_BEFORE),
      after: prepare(SELECT_AFTER),
    };
  }

  /**
   * Reads the runs of one check in a window, and a few around it.
   *
   * @throws {DamageError} If a verdict does not exist
   */
  read(id: number, { from, to }: TimeWindow): RunColumns {
    // The queries select these columns, and the tables are strict about types.
    const rows = this.#statements.runs.all(id, from, to) as unknown as Rows;
    const before = (this.#statements.before.all(id, from) as unknown as Rows).toReversed();
    const after = this.#statements.after.all(id, to) as unknown as Rows;
    const all = [before, rows, after];
    const length = before.length + rows.length + after.length;
    const columns = {
      at: fill(new Float64Array(length), all, 0),
      verdicts: fill(new Uint8Array(length), all, 1),
      begin: before.length,
      end: before.length + rows.length,
    };
    if (columns.verdicts.includes(VERDICTS.length)) throw impossibleValue("a verdict that does not exist");
    const excluded = columns.verdicts.subarray(columns.begin, columns.end);
    const times = REPORT_PHASES.map((phase, index) => {
      const column = fill(new Float64Array(rows.length), [rows], index + 2);
      return [phase, withoutMaintenance(column, excluded)] as const;
    });
    return { ...columns, times: Object.fromEntries(times) as RunColumns["times"] };
  }
}

function fill<Column extends Float64Array | Uint8Array>(
  column: Column,
  parts: readonly Rows[],
  index: number,
): Column {
  let place = 0;
  for (const rows of parts) {
    for (let row = 0; row < rows.length; row++) column[place++] = rows[row]![index] ?? NaN;
  }
  return column;
}

function withoutMaintenance(column: Float64Array, verdicts: Uint8Array): Float64Array {
  let run = verdicts.indexOf(MAINTENANCE);
  while (run !== -1) {
    column[run] = NaN;
    run = verdicts.indexOf(MAINTENANCE, run + 1);
  }
  return column;
}
