/**
 * Parses the content of a task file into checks and receivers.
 *
 * @module
 */

import { EncodingError } from "../../text/decode/encoding_error.ts";
import { escapeMessage } from "../../text/escape/text.ts";
import { asEntry, asList, type Entry, EntryReader } from "./entry_reader.ts";
import { parseCheck } from "./parse_check.ts";
import { ownDependencies, refuseBadDependencies } from "./parse_dependencies.ts";
import { parseMaintenance } from "./parse_maintenance.ts";
import { parseCommands, parseReceivers, parseWebhooks } from "./parse_receivers.ts";
import { refuseSameReceivers, refuseUnknownChecks } from "./refuse_bad_receivers.ts";
import { Secrets, type SecretSource } from "./secrets.ts";
import type { Task, TaskPlan } from "./task.ts";
import { TaskFiles } from "./task_files.ts";
import { TaskFileError } from "./task_file_error.ts";
import { COMMON_KEYS, FILE_KEYS, NOT_OF_DEFAULTS, NOT_OF_FILE } from "./task_keys.ts";

/** Options of {@linkcode parseTasks}. */
export interface ParseTasksOptions {
  readonly file: string;
  readonly source: SecretSource;
  readonly files?: TaskFiles | undefined;
}

/**
 * Parses the content of a task file: a list of checks, or an object with `checks`, `defaults`, `webhooks` and `commands`.
 *
 * @param content Value of the JSON, or default export of the module
 * @param options `file` is the name in messages, `source` gives the secrets, `files` reads the files that the content
 * names; without it, paths begin at the current folder
 * @throws {TaskFileError} If the content has mistakes; the message lists them all
 */
export function parseTasks(content: unknown, options: ParseTasksOptions): TaskPlan {
  const { source, files = new TaskFiles(".") } = options;
  const secrets = new Secrets({
    env: (name) => source.env(name),
    file: (path) => readSecret(path, source, files),
    octets: (path) => source.octets?.(files.locate(path)),
  });
  const problems: string[] = [];
  const context = { secrets, files, problems };
  const file = new EntryReader(
    Array.isArray(content) ? { checks: content } : fileEntry(content, problems),
    "file",
    context,
  );
  file.refuseOthers(FILE_KEYS, NOT_OF_FILE);
  const defaults = file.read("defaults", asEntry) ?? {};
  new EntryReader(defaults, "defaults", context).refuseOthers(COMMON_KEYS, NOT_OF_DEFAULTS);
  const entries = file.read("checks", asList);
  // A computed list that came out empty must not pass as if all were well.
  if ((entries ?? []).length === 0 && problems.length === 0) problems.push("file: checks: the list is empty");
  const parsed = (entries ?? []).map((entry, index) => parseCheck(entry, index, defaults, context));
  const windows = parseMaintenance(file);
  const tasks = parsed.flatMap((task, index) => {
    if (task === undefined) return [];
    const dependsOn = ownDependencies(task, entries?.[index]);
    return { ...task, dependsOn, maintenance: [...windows, ...task.maintenance] };
  });
  refuseSameNames(tasks, problems);
  // The name of a check with mistakes may be one of them.
  if (tasks.length === parsed.length) refuseBadDependencies(tasks, problems);
  const receivers = [
    ...parseReceivers(file, context),
    ...parseWebhooks(file, context),
    ...parseCommands(file),
  ];
  if (problems.length === 0) refuseSameReceivers(receivers, problems);
  if (problems.length === 0) refuseUnknownChecks(receivers, tasks, problems);
  // A value of the file may have line ends, and each mistake is one line.
  if (problems.length > 0) throw new TaskFileError(options.file, problems.map(escapeMessage), files.paths);
  return { tasks, receivers, files: files.paths, redact: (text) => secrets.redact(text) };
}

/** Reads a file for `${file:…}`; a mistake names the path if it is not the one that the task file has. */
function readSecret(path: string, source: SecretSource, files: TaskFiles): string {
  const located = files.locate(path);
  try {
    return source.file(located);
  } catch (error) {
    if (!(error instanceof SyntaxError) || error.message.includes(located) || located === path) throw error;
    const message = `${error.message}: ${located}`;
    throw error instanceof EncodingError ? new EncodingError(message) : new SyntaxError(message);
  }
}

function fileEntry(content: unknown, problems: string[]): Entry {
  try {
    return asEntry(content);
  } catch (error) {
    problems.push(`file: ${(error as TypeError).message}`);
    return { checks: [] };
  }
}

function refuseSameNames(tasks: readonly Task[], problems: string[]): void {
  const first = new Map<string, number>();
  for (const [index, { name }] of tasks.entries()) {
    const other = first.get(name);
    if (other === undefined) first.set(name, index);
    else problems.push(`check ${index + 1} (${name}): name: check ${other + 1} already has this name`);
  }
}
