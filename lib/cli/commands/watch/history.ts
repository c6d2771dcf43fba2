/**
 * The history of a watch: where it is kept, and for how long.
 *
 * @module
 */

import type { History } from "../../../watch/history/history.ts";
import { HistoryError } from "../../../watch/history/history_error.ts";
import { requireFolderAccess } from "../../folder_access.ts";
import { LocalFault } from "../../local_fault.ts";

/**
 * Opens the history.
 *
 * @param path Without one, states and what is to be delivered are kept while the process runs, and runs are not.
 * @throws {LocalFault} If it cannot be opened.
 */
export async function openHistory(path: string | undefined): Promise<History> {
  const { History } = await import("../../../watch/history/history.ts");
  if (path !== undefined) {
    requireFolderAccess(["read", "write"], [path, `${path}-wal`, `${path}-shm`]);
  }
  try {
    return new History(path ?? ":memory:", { runs: path !== undefined });
  } catch (error) {
    throw asLocalFault(error);
  }
}

/**
 * Removes what the history need not hold any more.
 *
 * @param keep Milliseconds; 0 keeps everything.
 * @throws {HistoryError} If it cannot be written.
 */
export function forgetOld(history: History, keep: number): void {
  if (keep > 0) history.forgetBefore(Date.now() - keep);
}

/** Milliseconds between two looks at the file of a history. */
const LOOK = 1000;

/**
 * Looks after the file of a history: what is written to one that was removed or replaced is lost without an error.
 *
 * @param path Without one there is nothing to look after.
 * @param onGone Called once.
 */
export function guardHistory(path: string | undefined, onGone: (fault: LocalFault) => void): Disposable {
  const first = path === undefined ? null : inodeOf(path);
  const timer = setInterval(() => {
    if (path === undefined || first === null || inodeOf(path) === first) return;
    clearInterval(timer);
    onGone(new LocalFault(`Cannot go on with the history ${path}: its file was removed or replaced`));
  }, LOOK);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** `undefined` if there is no such file, `null` where files have no numbers. */
function inodeOf(path: string): number | null | undefined {
  try {
    return Deno.statSync(path).ino;
  } catch {
    return undefined; // Removed, or in a folder that was.
  }
}

/** A history that cannot be read or written is a fault of this machine; any other error is given back as it is. */
export function asLocalFault(error: unknown): unknown {
  return error instanceof HistoryError ? new LocalFault(error.message, { cause: error }) : error;
}
