/**
 * Finds the permissions that the code of a task file needs for itself.
 *
 * @module
 */

import { isRemote, localImports, MODULE, readModule } from "../../../watch/tasks/local_imports.ts";
import type { Permission } from "../../start/permission.ts";

/** A variable of the environment that is read by its name. */
const VARIABLE = /\bDeno\.env\.get\(\s*(["'`])([^"'`$]+)\1\s*\)/g;

/** Any other call that needs a permission. */
const CALL =
  /\bDeno\.(?:env\.\w+|(?:read|write|open|stat|lstat|realPath|mkdir|make|remove|rename|copy|create|connect|listen|resolveDns|Command)\w*)|\bfetch(?=\()/g;

/** The message of Deno about a permission that code lacks. */
const LACKED = /Requires (net|read|write|env|run) access to "([^"]+)"/;

/** Lists the variables that a task file and its imports read by name. */
export function modulePermissions(file: string): Permission[] {
  return codeOf(file).flatMap((code) =>
    [...code.matchAll(VARIABLE)].map(([, , value]): Permission => ({
      access: "env",
      value,
      reason: "its code",
    }))
  );
}

/** Lists the other calls of a task file and its imports that need permissions, by name. */
export function unknownCalls(file: string): string[] {
  const calls = codeOf(file).flatMap((code) => code.replace(VARIABLE, "").match(CALL) ?? []);
  return [...new Set(calls)];
}

/** Lists the permissions that code lacked when it ran. */
export function lackedPermissions(problems: readonly string[]): Permission[] {
  return problems.flatMap((problem): Permission[] => {
    const [, access, value] = LACKED.exec(problem) ?? [];
    return access === undefined ? [] : [{ access: access as "env", value, reason: "its code" }];
  });
}

/** Reads the modules of a task file, except for those of sonde. */
function codeOf(file: string): string[] {
  const own = new URL("../../../", import.meta.url).pathname;
  const modules = isRemote(file) ? [] : localImports(file);
  return modules.filter((path) => MODULE.test(path) && !path.startsWith(own)).map(readModule);
}
