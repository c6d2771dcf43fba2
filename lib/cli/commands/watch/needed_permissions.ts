/**
 * Lists the permissions that a watch of a task file needs.
 *
 * @module
 */

import { dirname } from "node:path";
import { isRemote, localImports, MODULE, remoteImports } from "../../../watch/tasks/local_imports.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import { traitsOf } from "../../output/formats.ts";
import type { Permission } from "../../start/permission.ts";
import { reaching } from "../../start/reaching.ts";
import type { WatchFlags } from "./flags.ts";

/** The most modules of a task file that are named one by one; of more, the folders are named. */
const MOST_MODULES = 5;

/** Lists the permissions for targets, receivers, modules, history and output. */
export function neededPermissions(
  file: string,
  flags: Pick<WatchFlags, "history" | "output" | "format">,
  plan: TaskPlan | undefined,
): Permission[] {
  const tasks = [...plan?.tasks ?? [], ...plan?.leftOut ?? []];
  return [
    ...tasks.flatMap(({ name, url, options, redact }) =>
      reaching(url, options).map((permission) => ({ ...permission, reason: redact(name) }))
    ),
    ...plan?.receivers.flatMap((receiver): Permission[] => {
      const { place: reason } = receiver;
      if (receiver.type === "command") return [{ access: "run", value: receiver.command[0], reason }];
      return reaching(receiver.url).map((permission) => ({ ...permission, reason }));
    }) ?? [],
    ...fileModules(file),
    ...keeping(flags),
  ];
}

/** Lists the permissions to load a task file. */
function fileModules(file: string): Permission[] {
  const modules = isRemote(file) ? [] : localImports(file);
  const imports = modules.slice(1);
  const paths = imports.length > MOST_MODULES ? outermost(imports.map((path) => dirname(path))) : imports;
  return [
    ...isRemote(file) ? [] : [{ access: "read", value: file, reason: "the task file" } as const],
    ...paths.map((value): Permission => ({ access: "read", value, reason: "its imports" })),
    ...remoteImports(modules.filter((path) => MODULE.test(path)), file).map((value): Permission => ({
      access: "import",
      value,
      reason: isRemote(file) ? "the task file" : "its imports",
    })),
  ];
}

/** Leaves out folders within other folders of the list. */
function outermost(folders: readonly string[]): string[] {
  return [...new Set(folders)].filter((folder) =>
    !folders.some((other) => folder !== other && folder.startsWith(`${other}/`))
  );
}

/** Lists the permissions for the history and the output. */
function keeping(flags: Pick<WatchFlags, "history" | "output" | "format">): Permission[] {
  const { history, output } = flags;
  const kept: Permission[] = [];
  // SQLite puts files beside the history.
  for (const access of history === undefined ? [] : ["read", "write"] as const) {
    kept.push({ access, value: dirname(history!), reason: "the history" });
  }
  if (output !== undefined) {
    const { replacesFile } = traitsOf(flags);
    const value = replacesFile ? dirname(output) : output;
    if (replacesFile) kept.push({ access: "read", value, reason: "the output" });
    kept.push({ access: "write", value, reason: "the output" });
  }
  return kept;
}
