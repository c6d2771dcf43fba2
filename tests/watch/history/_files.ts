import { DatabaseSync } from "node:sqlite";
import type { History } from "../../../lib/watch/history/history.ts";
import type { Verdict } from "../../../lib/watch/run_task.ts";
import { newState } from "../../../lib/watch/state/check_state.ts";
import { runAt, task } from "../_samples.ts";

/** Writes runs of some checks, one a minute from 12:00 on 1 March 2026 on, without changes. */
export function writeRuns(history: History, names: readonly string[], verdicts: readonly Verdict[]): void {
  for (const name of names) {
    const check = task({ name, url: `http://${name}.test/` });
    for (const [minute, verdict] of verdicts.entries()) {
      const run = runAt(minute, verdict);
      const state = newState(run.result.startedAt);
      history.record({
        task: check,
        run,
        state,
        changes: [],
        skipped: 0,
        messages: [],
        redact: (text) => text,
      });
    }
  }
}

/** Does something with a database. */
export function withDatabase<T>(path: string, action: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return action(database);
  } finally {
    database.close();
  }
}

/** The rows of a query. */
export function query(path: string, sql: string): Record<string, unknown>[] {
  return withDatabase(path, (database) => database.prepare(sql).all().map((row) => ({ ...row })));
}
