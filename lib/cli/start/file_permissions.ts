/**
 * Lists the permissions for files that a command line names.
 *
 * @module
 */

import { dirname } from "node:path";
import { inputFiles, type InputFlags } from "../flags/input_files.ts";
import { type AnyFormat, traitsOf } from "../output/formats.ts";
import type { Permission } from "./permission.ts";

/** The flags that name files, of any command. */
interface FileFlags extends InputFlags {
  readonly format?: AnyFormat | undefined;
  readonly json?: boolean;
  readonly output?: string | undefined;
  readonly remoteName?: boolean | undefined;
  readonly wire?: string | true | undefined;
  readonly resume?: string | boolean | undefined;
  readonly history?: string | undefined;
  readonly unixSocket?: string | undefined;
  readonly forget?: readonly unknown[] | undefined;
}

/** Commands whose operands are files to read. */
const OF_FILES = ["batch", "parse", "diff", "show", "watch"];

/** Lists the permissions for the files that the flags and operands of a command name. */
export function filePermissions(
  command: string,
  { flags, operands }: { readonly flags: FileFlags; readonly operands: readonly string[] },
): Permission[] {
  const { unixSocket, resume } = flags;
  const files = OF_FILES.includes(command)
    ? operands.filter((path) => path !== "-" && !path.includes("://"))
    : [];
  return [
    ...files.map((value) => read(value, "the list")),
    ...inputFiles(flags).map(({ path }) => read(path, "a flag")),
    ...typeof resume === "string" ? both(resume, "--resume") : [],
    ...historyPermissions(command, flags, operands),
    ...outputPermissions(command, flags),
    ...unixSocket === undefined
      ? []
      : [{ access: "net", reason: "--unix-socket" } as const, ...both(unixSocket, "--unix-socket")],
  ];
}

function read(value: string, reason: string): Permission {
  return { access: "read", value, reason };
}

function both(value: string, reason: string): Permission[] {
  return [read(value, reason), { access: "write", value, reason }];
}

/** SQLite puts files beside the history. */
function historyPermissions(command: string, flags: FileFlags, operands: readonly string[]): Permission[] {
  const path = command === "report" ? operands[0] : flags.history;
  if (path === undefined) return [];
  const permissions = both(dirname(path), "the history");
  return command === "report" && !flags.forget?.length ? permissions.slice(0, 1) : permissions;
}

function outputPermissions(command: string, flags: FileFlags): Permission[] {
  const { output, wire } = flags;
  const wired: Permission[] = typeof wire === "string" && wire !== "-"
    ? [{ access: "write", value: wire, reason: "--wire" }]
    : [];
  if (command === "get") {
    const folder = flags.remoteName
      ? "."
      : output === undefined || output === "-"
      ? undefined
      : dirname(output);
    return folder === undefined ? wired : [...both(folder, "the download"), ...wired];
  }
  if (output === undefined || output === "-") return wired;
  const replaces = command === "report" || traitsOf(flags).replacesFile;
  const written: Permission[] = replaces
    ? both(dirname(output), "the output")
    : [{ access: "write", value: output, reason: "the output" }];
  return [...written, ...wired];
}
