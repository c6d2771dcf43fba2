/**
 * From a history to a report.
 *
 * @module
 */

import type { CheckState } from "../state.ts";
import type { ChangeRow, TimeWindow } from "./change_row.ts";
import { RunReader } from "./run_columns.ts";
import { summariseCheck } from "./summarise_check.ts";
import type { UptimeReport } from "./uptime_report.ts";

/** What a report is about. */
export interface ReportOptions extends TimeWindow {
  /** Only checks with one of these names or tags. */
  readonly only?: readonly string[] | undefined;
  /**
   * Parts into which the window is cut for strips and plots; 0 for none.
   *
   * @default {96}
   */
  readonly parts?: number | undefined;
}

/**
 * Reads what a history says of a window of time. A watch may go on writing meanwhile.
 *
 * @param path The file of the history.
 * @throws {HistoryError} If it cannot be read.
 */
export async function readReport(path: string, options: ReportOptions): Promise<UptimeReport> {
  const { from, to, only, parts = 96 } = options;
  const { openForReading } = await import("../history/open_database.ts");
  using database = openForReading(path);
  const checks = database.prepare("SELECT id, name, url, tags, interval, state FROM checks ORDER BY name")
    .all();
  const runs = new RunReader(database);
  const selectChanges = database.prepare(
    'SELECT at, kind, "from", "to", since, cause FROM changes WHERE check_id = ? AND at < ? ORDER BY id',
  );
  return {
    schema: 1,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    checks: checks.map((row) => ({
      id: Number(row["id"]),
      name: String(row["name"]),
      url: String(row["url"]),
      tags: JSON.parse(String(row["tags"])) as string[],
      interval: Number(row["interval"]),
      condition: (JSON.parse(String(row["state"])) as CheckState).condition,
    })).filter(({ name, tags }) =>
      only === undefined || only.some((word) => word === name || tags.includes(word))
    )
      .map(({ id, ...check }) => {
        // The columns are those of the interface, and the tables are strict about their types.
        const changes = selectChanges.all(id, to) as unknown as ChangeRow[];
        return summariseCheck({ ...check, runs: runs.read(id, { from, to }), changes }, { from, to }, parts);
      }),
  };
}
