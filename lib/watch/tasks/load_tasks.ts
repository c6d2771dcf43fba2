/**
 * Loads the checks of a task file.
 *
 * @module
 */

import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { decodeText } from "../../text/decode/text_reader.ts";
import { isRemote, localImports, MODULE, remoteImports } from "./local_imports.ts";
import { parseTaskJson } from "./parse_task_json.ts";
import { parseTasks } from "./parse_tasks.ts";
import { respellUrl } from "./respell_url.ts";
import { PROCESS_SECRETS, type SecretSource } from "./secrets.ts";
import type { TaskPlan } from "./task.ts";
import { describeUnreadable, TaskFiles } from "./task_files.ts";
import { TaskFileError } from "./task_file_error.ts";

/**
 * Loads a task file: JSON, or a module that exports its checks as default. A module is loaded anew each time, together
 * with its relative imports.
 *
 * @param path A path, or the URL of a module
 * @throws {TaskFileError} If the file cannot be read or has mistakes; the message lists them all
 */
export async function loadTasks(path: string, source: SecretSource = PROCESS_SECRETS): Promise<TaskPlan> {
  const content = isRemote(path) || MODULE.test(path) ? await loadModule(path) : await loadJson(path);
  const files = new TaskFiles(isRemote(path) ? undefined : dirname(path));
  const plan = parseTasks(content, { file: path, source, files });
  return { ...plan, source: { file: fullPath(path), names: plan.tasks.map(({ name }) => name) } };
}

/** Makes a path absolute, so that a watch that is started in another folder knows its checks. */
function fullPath(path: string): string {
  if (isRemote(path)) return path;
  try {
    return resolve(path);
  } catch {
    return path; // The working folder may not be read.
  }
}

async function loadJson(path: string): Promise<unknown> {
  const text = await readText(path);
  if (text.trim() === "") throw new TaskFileError(path, ["it is empty"]);
  try {
    return parseTaskJson(text, path);
  } catch (error) {
    throw new TaskFileError(path, [(error as SyntaxError).message]);
  }
}

async function readText(path: string): Promise<string> {
  requireRead(path);
  try {
    return decodeText(await Deno.readFile(path));
  } catch (error) {
    throw new TaskFileError(path, [describeUnreadable(error as Error)]);
  }
}

/** Number of loads by URL of a module. */
const LOADS = new Map<string, number>();

async function loadModule(path: string): Promise<unknown> {
  const remote = isRemote(path);
  if (!remote) await readText(path);
  requireImports(path);
  const url = remote ? new URL(path) : respell(path);
  try {
    const module = await import(url.href) as { default?: unknown };
    if (module.default !== undefined) return module.default;
  } catch (error) {
    const cause = spellPlainly(stripVTControlCharacters((error as Error).message));
    throw new TaskFileError(path, [`it cannot be loaded: ${cause}`]);
  }
  throw new TaskFileError(path, ["it has no default export: write export default defineChecks([…])"]);
}

/** Spells the URL of a file in a way that was not used before. */
function respell(path: string): URL {
  const url = pathToFileURL(path);
  const loads = LOADS.get(url.href) ?? 0;
  LOADS.set(url.href, loads + 1);
  const respelled = respellUrl(url, loads);
  if (respelled !== undefined) return respelled;
  throw new TaskFileError(path, [
    `it was loaded ${loads} times, and its path is too short for another load: start the watch again`,
  ]);
}

/** Restores the usual spelling of file URLs in a message. */
function spellPlainly(text: string): string {
  return text.replace(/file:\/\/\/[^\s"']+?(?=(?::\d+)*(?:[\s"']|$))/g, (url) => {
    const { pathname } = new URL(url);
    // Decode only letters and digits, which need no encoding.
    return `file://${
      pathname.replace(/%(?:3\d|[46][1-9a-f]|[57][\da])/gi, (code) => decodeURIComponent(code))
    }`;
  });
}

/** Checks the permissions for the imports of a module, since Deno would ask for each on a terminal. */
function requireImports(path: string): void {
  const modules = isRemote(path) ? [] : localImports(path);
  for (const module of modules.slice(1)) requireRead(module, isOwn(module) ? OWN_FOLDER : module);
  const hosts = remoteImports(modules.filter((it) => MODULE.test(it)), path);
  if (hosts.every((host) => mayImport(host))) return;
  throw new TaskFileError(path, [`it may not be loaded: this needs --allow-import=${hosts.join(",")}`]);
}

function mayImport(host: string): boolean {
  // The types of Deno do not list this descriptor yet.
  const descriptor = { name: "import", host } as unknown as Deno.PermissionDescriptor;
  return Deno.permissions.querySync(descriptor).state === "granted";
}

/** The folder of the modules of sonde, without a separator at its end; empty if they came from a URL. */
const OWN_FOLDER = import.meta.url.startsWith("file:")
  ? fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "")
  : "";

/** Tells a module of sonde, which imports many others of them. */
function isOwn(path: string): boolean {
  return OWN_FOLDER !== "" && path.startsWith(OWN_FOLDER);
}

/** @param granted The path that a flag has to name. */
function requireRead(path: string, granted = path): void {
  if (Deno.permissions.querySync({ name: "read", path }).state === "granted") return;
  throw new TaskFileError(path, [`it may not be read: this needs --allow-read=${granted}`]);
}
