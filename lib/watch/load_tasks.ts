/**
 * From a task file or module to the checks in it.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { parseTasks } from "./parse_tasks.ts";
import { respellUrl } from "./respell_url.ts";
import { PROCESS_SECRETS, type SecretSource } from "./secrets.ts";
import type { TaskPlan } from "./task.ts";
import { TaskFileError } from "./task_file_error.ts";

/**
 * Reads a task file: JSON, or a module that exports its checks as default. A module is loaded anew each time, with
 * everything that it imports by relative specifiers.
 *
 * @param path A path, or the URL of a module.
 * @throws {TaskFileError} If it cannot be read or anything is wrong in it, with all mistakes.
 */
export async function loadTasks(path: string, source: SecretSource = PROCESS_SECRETS): Promise<TaskPlan> {
  const content = path.endsWith(".json") ? await loadJson(path) : await loadModule(path);
  return parseTasks(content, { file: path, source });
}

async function loadJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new TaskFileError(path, [`it is no JSON: ${(error as SyntaxError).message}`]);
  }
}

async function readText(path: string): Promise<string> {
  requireRead(path);
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const cause = error instanceof Deno.errors.NotFound ? "there is no such file" : (error as Error).message;
    throw new TaskFileError(path, [cause]);
  }
}

/** How often the module of a URL was loaded. */
const LOADS = new Map<string, number>();

async function loadModule(path: string): Promise<unknown> {
  const remote = /^https?:/.test(path);
  if (!remote) await readText(path);
  const url = remote ? new URL(path) : respell(path);
  try {
    const module = await import(url.href) as { default?: unknown };
    if (module.default !== undefined) return module.default;
  } catch (error) {
    throw new TaskFileError(path, [
      `it cannot be loaded: ${stripVTControlCharacters((error as Error).message)}`,
    ]);
  }
  throw new TaskFileError(path, ["it has no default export: write export default defineChecks([…])"]);
}

/** In a spelling that was not used before. */
function respell(path: string): URL {
  const url = pathToFileURL(path);
  const loads = LOADS.get(url.href) ?? 0;
  LOADS.set(url.href, loads + 1);
  const respelled = respellUrl(url, loads);
  if (respelled !== undefined) return respelled;
  throw new TaskFileError(path, [
    `it was read ${loads} times, more often than a module in so short a path can be: start the watch again`,
  ]);
}

function requireRead(path: string): void {
  if (Deno.permissions.querySync({ name: "read", path }).state === "granted") return;
  throw new TaskFileError(path, [`it may not be read: start Deno with --allow-read=${path}`]);
}
