/**
 * Records the checks of each task file, and forgets checks.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { adviseNearest } from "../../text/nearest.ts";
import type { CheckSource } from "../tasks/task.ts";
import type { ForgottenCheck } from "./check_history.ts";
import { parseStored } from "./damage.ts";
import { removeRuns } from "./prune.ts";
import { shrinkFile } from "./shrink.ts";
import { inTransaction } from "./transaction.ts";

/** A check that its task file no longer has. */
export interface RemovedCheck {
  readonly name: string;
  readonly url: string;
  readonly tags: readonly string[];
}

/** The checks of a history. Several task files may share a history, each with checks of its own. */
export class CheckRegister {
  readonly #database: DatabaseSync;
  #source: { readonly file: string; readonly names: ReadonlySet<string> } | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /**
   * Marks checks that left their task file as removed, and clears the mark of checks that returned.
   *
   * @param onRemoved Called with each check that was removed, within the transaction
   */
  setSource(source: CheckSource, onRemoved: (check: RemovedCheck) => void = () => {}): void {
    const { file } = source;
    const names = new Set(source.names);
    this.#source = { file, names };
    const checks = this.#database.prepare("SELECT id, name, url, tags, source, removed FROM checks").all();
    const gone = checks.filter((check) =>
      check["source"] === file && check["removed"] === null && !names.has(String(check["name"]))
    );
    const back = checks.filter((check) =>
      names.has(String(check["name"])) && (check["source"] !== file || check["removed"] !== null)
    );
    // Most often nothing is to be written, so no other process has to wait.
    if (gone.length + back.length === 0) return;
    inTransaction(this.#database, () => {
      const mark = this.#database.prepare("UPDATE checks SET source = ?, removed = ? WHERE id = ?");
      for (const check of gone) {
        mark.run(file, Date.now(), Number(check["id"]));
        onRemoved({
          name: String(check["name"]),
          url: String(check["url"]),
          tags: parseStored(check["tags"]) as string[],
        });
      }
      for (const check of back) mark.run(file, null, Number(check["id"]));
    });
  }

  /** Finds the task file of a check that runs now; `null` if a script defines it. */
  sourceOf(name: string): string | null {
    return this.#source?.names.has(name) === true ? this.#source.file : null;
  }

  /**
   * Removes checks with their runs, changes and notices.
   *
   * @throws {RangeError} If the history has no check with one of these names; nothing is removed then
   */
  forget(names: readonly string[]): ForgottenCheck[] {
    const ids = new Map(
      this.#database.prepare("SELECT name, id FROM checks").all().map((
        { name, id },
      ) => [String(name), Number(id)]),
    );
    for (const name of names) {
      if (!ids.has(name)) throw new RangeError(describeUnknown(name, [...ids.keys()]));
    }
    const forgotten = [...new Set(names)].map((name) => this.#remove(name, ids.get(name)!));
    shrinkFile(this.#database);
    return forgotten;
  }

  #remove(name: string, id: number): ForgottenCheck {
    const count = (sql: string) => Number(this.#database.prepare(sql).get(id)?.["count"]);
    const runs = removeRuns(this.#database, id, Infinity);
    return inTransaction(this.#database, () => {
      const unsent = count(
        `SELECT count(*) AS count FROM deliveries JOIN changes ON changes.id = change_id
         WHERE check_id = ? AND outcome IS NULL`,
      );
      // A watch may have written another run meanwhile.
      const late = this.#database.prepare("DELETE FROM runs WHERE check_id = ?").run(id);
      const changes = this.#database.prepare("DELETE FROM changes WHERE check_id = ?").run(id);
      this.#database.prepare("DELETE FROM checks WHERE id = ?").run(id);
      return { name, runs: runs + Number(late.changes), changes: Number(changes.changes), unsent };
    });
  }
}

function describeUnknown(name: string, names: readonly string[]): string {
  const hint = adviseNearest(name, names, { write: JSON.stringify }) ?? "it has no checks";
  return `Cannot forget ${JSON.stringify(name)}: the history has no check with this name; ${hint}`;
}
