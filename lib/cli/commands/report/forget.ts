/**
 * `sonde report DB --forget NAME`: removes checks from a history.
 *
 * @module
 */

import { formatQuantity } from "../../../text/count.ts";
import { escapeMessage } from "../../../text/escape/text.ts";
import type { ForgottenCheck } from "../../../watch/history/check_history.ts";
import { HistoryError } from "../../../watch/history/history_error.ts";
import { ExitCode } from "../../exit_code.ts";
import { requireFolderAccess } from "../../folder_access.ts";
import type { CommandIo } from "../../io.ts";
import { LocalFault } from "../../local_fault.ts";
import { UsageError } from "../../usage_error.ts";

/**
 * Removes checks with their runs, changes and undelivered notices, and tells how many there were.
 *
 * @throws {UsageError} If the history has no check with one of the names; nothing is removed then.
 * @throws {LocalFault} If the history cannot be opened or written.
 */
export async function forgetChecks(path: string, names: readonly string[], io: CommandIo): Promise<number> {
  requireFolderAccess(["read", "write"], [path, `${path}-wal`, `${path}-shm`]);
  const { History } = await import("../../../watch/history/history.ts");
  let forgotten: ForgottenCheck[];
  try {
    using history = new History(path, { create: false });
    forgotten = history.forget(names);
  } catch (error) {
    if (error instanceof HistoryError) throw new LocalFault(error.message, { cause: error });
    throw error instanceof RangeError ? new UsageError(error.message, { cause: error }) : error;
  }
  await io.stdout.write(forgotten.map((check) => `${escapeMessage(describeForgotten(check))}\n`).join(""));
  return ExitCode.ok;
}

function describeForgotten({ name, runs, changes, unsent }: ForgottenCheck): string {
  const counts = [
    formatQuantity(runs, "run"),
    formatQuantity(changes, "change"),
    ...(unsent === 0 ? [] : [formatQuantity(unsent, "undelivered notice")]),
  ];
  return `Forgot ${name}: ${counts.join(", ")}`;
}
