/**
 * Describes the failure to use a file as an error of the download.
 *
 * @module
 */

import { partPath, statePath } from "./part_file.ts";
import type { DownloadError } from "./download_result.ts";

/** Errors that say nothing about the file: this machine ran out of a resource (errno). */
const EXHAUSTED: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the device",
  EDQUOT: "the quota of disk space is used up",
  EFBIG: "the file gets larger than the system allows",
  EMFILE: "this process is out of file descriptors",
  ENFILE: "this machine is out of file descriptors",
};

/** Describes why a file could not be used. */
export function describeFileError(error: unknown, file: string): DownloadError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const exhausted = EXHAUSTED[code];
  if (exhausted !== undefined) return fileError("resource", file, exhausted);
  if (error instanceof Deno.errors.AlreadyExists) return existsError(file);
  if (error instanceof Deno.errors.NotFound) return fileError("file", file, "there is no such folder");
  if (error instanceof Deno.errors.NotADirectory) return fileError("file", file, "its folder is a file");
  if (error instanceof Deno.errors.IsADirectory) return fileError("file", file, "it is a folder");
  if (error instanceof Deno.errors.NotCapable) {
    // Devices need more than the flags for files; the message says what.
    return fileError("permission", file, error.message);
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return fileError("permission", file, "the system does not allow it");
  }
  return fileError("file", file, error instanceof Error ? error.message : String(error));
}

/** There is a file of that name. */
export function existsError(file: string): DownloadError {
  return fileError(
    "exists",
    file,
    "there is a file of that name, and replacing it (--force) was not asked for",
  );
}

/** A local fault with a file. */
export function fileError(kind: DownloadError["kind"], file: string, cause: string): DownloadError {
  return { kind, by: "local", message: `Cannot write ${file}: ${cause}` };
}

/** The permissions that a download to a file needs and has not, as an error that names their flags. */
export function missingFilePermission(file: string): DownloadError | undefined {
  const paths = [file, partPath(file), statePath(file)];
  const missing = (["read", "write"] as const).filter((name) =>
    paths.some((path) => Deno.permissions.querySync({ name, path }).state !== "granted")
  );
  if (missing.length === 0) return undefined;
  const flags = missing.map((name) => `--allow-${name}=${folderOf(file)}`).join(" ");
  return fileError("permission", file, `it is not permitted, run again with ${flags}`);
}

/** The folder that a path leads to, `.` for a bare name. */
export function folderOf(file: string): string {
  return /^([^]*)[/\\][^/\\]*$/.exec(file)?.[1]?.replace(/^$/, "/") ?? ".";
}
