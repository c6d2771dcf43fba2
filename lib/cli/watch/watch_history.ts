/**
 * The history of a watch: where it is kept, and for how long.
 *
 * @module
 */

import type { History } from "../../watch/history/history.ts";
import { HistoryError } from "../../watch/history/history_error.ts";
import { requireFolderAccess } from "../folder_access.ts";
import { LocalFault } from "../local_fault.ts";

/**
 * Opens the history.
 *
 * @param path Without one, states and what is to be delivered are kept while the process runs, and runs are not.
 * @throws {LocalFault} If it cannot be opened.
 */
export async function openHistory(path: string | undefined): Promise<History> {
  const { History } = await import("../../watch/history/history.ts");
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

/** A history that cannot be read or written is a fault of this machine; any other error is given back as it is. */
export function asLocalFault(error: unknown): unknown {
  return error instanceof HistoryError ? new LocalFault(error.message, { cause: error }) : error;
}
