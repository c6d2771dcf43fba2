/**
 * Describes a failure with a file as an error of the download.
 *
 * @module
 */

import { partPath, statePath } from "./part_file.ts";
import type { DownloadError } from "./download_result.ts";

/** Errors (errno) that say nothing about the file: this machine ran out of a resource. */
const EXHAUSTED: Readonly<Record<string, string>> = {
  ENOSPC: "the device has no space left",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file is larger than the system allows",
  EMFILE: "this process is out of file descriptors",
  ENFILE: "this machine is out of file descriptors",
};

/** Describes why a file could not be used. */
export function describeFileError(error: unknown, file: string): DownloadError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const exhausted = EXHAUSTED[code];
  if (exhausted !== undefined) return fileError("resource", file, exhausted);
  if (error instanceof Deno.errors.AlreadyExists) return existsError(file);
  if (error instanceof Deno.errors.NotFound) {
    return fileError("file", file, "the folder does not exist; make it first");
  }
  if (error instanceof Deno.errors.NotADirectory) {
    return fileError("file", file, "the folder in its path is a file");
  }
  if (error instanceof Deno.errors.IsADirectory) return folderError(file);
  if (error instanceof Deno.errors.NotCapable) {
    // Deno opens some devices only with every permission.
    return { ...fileError("permission", file, "this needs --allow-all"), grant: ["--allow-all"] };
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return fileError("permission", file, "the system does not permit it");
  }
  return fileError("file", file, error instanceof Error ? error.message : String(error));
}

/** Describes a file name that is taken. */
export function existsError(file: string): DownloadError {
  return fileError(
    "exists",
    file,
    "a file with that name exists; replace it with --force",
  );
}

/** Describes a path that is a folder. */
export function folderError(file: string): DownloadError {
  return fileError(
    "file",
    file,
    `it is a folder; name a file in it, as in ${file.replace(/[/\\]+$/, "")}/FILE`,
  );
}

/** A local fault with a file. */
export function fileError(kind: DownloadError["kind"], file: string, cause: string): DownloadError {
  return { kind, by: "local", message: `Cannot write ${file}: ${cause}` };
}

/** Names the flags of the missing permissions for a download to a file, as an error. */
export function missingFilePermission(file: string): DownloadError | undefined {
  const paths = [file, partPath(file), statePath(file)];
  const missing = (["read", "write"] as const).filter((name) =>
    paths.some((path) => Deno.permissions.querySync({ name, path }).state !== "granted")
  );
  if (missing.length === 0) return undefined;
  const grant = missing.map((name) => `--allow-${name}=${folderOf(file)}`);
  return { ...fileError("permission", file, `this needs ${grant.join(" ")}`), grant };
}

/** Gives the folder of a path; `.` for a bare name. */
export function folderOf(file: string): string {
  return /^([^]*)[/\\][^/\\]*$/.exec(file)?.[1]?.replace(/^$/, "/") ?? ".";
}
