/**
 * Opens the history of a script.
 *
 * @module
 */

import type { CheckHistory } from "./check_history.ts";

/**
 * Opens a history, and creates its file if there is none. Several processes may have the same file open. Needs
 * `--allow-read` and `--allow-write` for the file, and for the files beside it with `-wal` and `-shm` at the end.
 *
 * @throws {HistoryError} If the file cannot be opened, is another program's, or was written by a later version of sonde
 *
 * @example Usage
 * ```ts
 * import { openHistory, runCheck } from "https://deno.land/x/sonde/lib/watch.ts";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const folder = await Deno.makeTempDir();
 * {
 *   using history = await openHistory(`${folder}/uptime.db`);
 *   await runCheck({ name: "shop", url: `http://127.0.0.1:${server.addr.port}/` }, { history });
 *   if (history.stateOf("shop").condition !== "up") throw new Error("the shop is not up");
 * }
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function openHistory(path: string): Promise<CheckHistory> {
  const { History } = await import("./history.ts");
  return new History(path);
}
