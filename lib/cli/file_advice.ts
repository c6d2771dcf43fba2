/**
 * Words the advice about files that cannot be used.
 *
 * @module
 */

import { nearEnough, sayNearest } from "../text/nearest.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Refuses a URL in place of a file, before anybody is asked to grant a permission for it.
 *
 * @throws {UsageError} If the path is a URL.
 */
export function refuseUrlAsFile(access: "read" | "write", path: string): void {
  if (!/^https?:\/\//i.test(path)) return;
  const advice = access === "read" ? `; to probe it write sonde ${path}` : "";
  throw new UsageError(`Cannot ${access} ${path}: it is a URL, and a file is needed here${advice}`);
}

/** Words the next step after a file could not be used; empty if none is known. */
export function adviseFile(access: "read" | "write", path: string, error: unknown): string {
  if (path === "stdin") return "";
  if (error instanceof Deno.errors.IsADirectory) {
    return access === "read"
      ? `; name a file in it, as in ${path}/FILE`
      : `; write the name of a file in it, as in ${path}/results`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return access === "read" ? `; ls -l ${path} shows who may` : "; write it to a folder of your own";
  }
  if (!(error instanceof Deno.errors.NotFound)) return "";
  const [, folder = "", name = ""] = /^(.*[/\\])?([^/\\]*)$/.exec(path) ?? [];
  if (access === "write") return `; make it first: mkdir -p ${folder}`;
  const near = nearestFile(name, namesIn(folder === "" ? "." : folder));
  return near === undefined ? "" : `; ${sayNearest(folder + near)}`;
}

/** Finds the file with a name that is near without its ending, which many names have in common. */
function nearestFile(name: string, files: readonly string[]): string | undefined {
  const [, stem = name, ending = ""] = /^(.+)(\.\w+)$/.exec(name) ?? [];
  const sameEnding = files.filter((file) => file.endsWith(ending)).map((file) =>
    file.slice(0, file.length - ending.length)
  );
  const near = nearEnough(stem, sameEnding);
  return near === undefined ? files.find((file) => file.replace(/\.\w+$/, "") === stem) : near + ending;
}

/** Lists the files of a folder, as far as sonde may read it. */
function namesIn(folder: string): string[] {
  if (Deno.permissions.querySync({ name: "read", path: folder }).state !== "granted") return [];
  try {
    return Array.from(Deno.readDirSync(folder)).filter(({ isFile }) => isFile).map(({ name }) => name);
  } catch {
    // There is no such folder.
    return [];
  }
}
