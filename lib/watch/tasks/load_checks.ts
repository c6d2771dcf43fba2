/**
 * Loads the task file of a script.
 *
 * @module
 */

/** Checks and receivers that were read from a task file. */
export interface CheckPlan {
  /** Names and tags of the checks. */
  readonly tasks: readonly { readonly name: string; readonly tags: readonly string[] }[];
}

/**
 * Loads a task file: JSON, or a module that exports its checks as default. A module is loaded anew each time, together
 * with its relative imports. Needs `--allow-read` for the file.
 *
 * @param path A path, or the URL of a module
 * @returns A plan for a {@linkcode Watcher}
 * @throws {TaskFileError} If the file cannot be read or has mistakes; the message lists them all
 *
 * @example Usage
 * ```ts
 * import { loadChecks } from "https://deno.land/x/sonde/lib/watch.ts";
 *
 * const path = await Deno.makeTempFile({ suffix: ".json" });
 * await Deno.writeTextFile(path, JSON.stringify([{ name: "shop", url: "https://shop.example/health" }]));
 * const { tasks } = await loadChecks(path);
 * await Deno.remove(path);
 * if (tasks[0]?.name !== "shop") throw new Error("the check has another name");
 * ```
 */
export async function loadChecks(path: string): Promise<CheckPlan> {
  const { loadTasks } = await import("./load_tasks.ts");
  return await loadTasks(path);
}
