import { pathToFileURL } from "node:url";
import { parseTasks, TaskFileError } from "./parse_tasks.ts";
import { PROCESS_SECRETS, type SecretSource } from "./secrets.ts";
import type { TaskPlan } from "./task.ts";

/**
 * Reads a task file: JSON, or a module that exports its checks as default. A module is loaded anew each time.
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

let loads = 0;

async function loadModule(path: string): Promise<unknown> {
  const remote = /^https?:/.test(path);
  if (!remote) await readText(path);
  const url = new URL(remote ? path : pathToFileURL(path).href);
  // A module is evaluated once for each URL, and a changed file has to be read again.
  if (!remote) url.searchParams.set("load", String(++loads));
  try {
    const module = await import(url.href) as { default?: unknown };
    if (module.default !== undefined) return module.default;
  } catch (error) {
    throw new TaskFileError(path, [`it cannot be loaded: ${(error as Error).message}`]);
  }
  throw new TaskFileError(path, ["it has no default export: write export default defineChecks([…])"]);
}

function requireRead(path: string): void {
  if (Deno.permissions.querySync({ name: "read", path }).state === "granted") return;
  throw new TaskFileError(path, [`it may not be read: start Deno with --allow-read=${path}`]);
}
