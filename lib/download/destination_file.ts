/**
 * Checks whether a file may be written under a name.
 *
 * @module
 */

import { DownloadFault } from "./download_fault.ts";
import { existsError, fileError, folderOf, missingFilePermission } from "./file_error.ts";

/** Options for a file that exists. */
export interface FileOptions {
  readonly overwrite?: boolean | undefined;
  readonly resume?: boolean | undefined;
}

/**
 * Looks at what a name stands for.
 *
 * @param file The path
 * @param isFinal False if the name may still change, so that only permissions and folder are looked at
 * @returns `device` for what has to be written to as it is: renaming a part would replace the device itself
 * @throws {DownloadFault} If the file must not be written
 */
export function checkDestinationFile(
  file: string,
  isFinal: boolean,
  options: FileOptions,
): "file" | "device" {
  const { resume = false, overwrite = false } = options;
  const missing = missingFilePermission(file);
  if (missing) throw new DownloadFault(missing);
  const folder = folderOf(file);
  // A folder may be out of sight though each of the files in it that matter is permitted.
  const visible = Deno.permissions.querySync({ name: "read", path: folder }).state === "granted";
  if (visible && !statIfThere(folder)?.isDirectory) {
    throw new DownloadFault(fileError("file", file, `there is no folder ${folder}`));
  }
  if (!isFinal) return "file";
  const info = statIfThere(file);
  if (info?.isDirectory) throw new DownloadFault(fileError("file", file, "it is a folder"));
  if (info && (!info.isFile || /^\/(?:dev|proc)\//.test(file))) {
    if (resume) throw new DownloadFault(fileError("file", file, "a device has no part to resume"));
    return "device";
  }
  if (!overwrite && isThere(file)) throw new DownloadFault(existsError(file));
  return "file";
}

/** A name in a folder, `.` left out. */
export function joinPath(folder: string, name: string): string {
  return folder === "." ? name : `${folder.replace(/(.)[/\\]+$/, "$1")}/${name}`.replace(/^\/\//, "/");
}

function statIfThere(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A link that leads nowhere is there as well. */
function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
