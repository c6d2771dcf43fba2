/**
 * Opens the history of a watch.
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
 * @param path Without a path, sonde keeps states and pending deliveries in memory, and keeps no runs.
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
    if (error instanceof HistoryError && /it is a folder$|it is not a history/.test(error.message)) {
      const advice = "write the name of a new file, which sonde makes, or of an earlier history";
      throw new LocalFault(`${error.message}; ${advice}`, { cause: error });
    }
    throw asLocalFault(error);
  }
}

/** Turns an error of the history into a local fault, and returns any other error unchanged. */
export function asLocalFault(error: unknown): unknown {
  return error instanceof HistoryError ? new LocalFault(error.message, { cause: error }) : error;
}
