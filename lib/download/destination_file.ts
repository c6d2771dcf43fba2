/**
 * Checks whether a file may be written under a name.
 *
 * @module
 */

import { DownloadFault } from "./download_fault.ts";
import { existsError, fileError, folderError, folderOf, missingFilePermission } from "./file_error.ts";

/** Options for an existing file. */
export interface FileOptions {
  readonly overwrite?: boolean | undefined;
  readonly resume?: boolean | undefined;
}

/**
 * Checks what kind of file a path names.
 *
 * @param file Path of the file
 * @param isFinal False if the name may still change, so that only permissions and the folder are checked
 * @returns `device` if the content must be written to the path directly: renaming a part would replace the device
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
  // Deno may hide a folder although it permits access to each of the files in it that matter.
  const visible = Deno.permissions.querySync({ name: "read", path: folder }).state === "granted";
  if (visible && !statIfThere(folder)?.isDirectory) {
    throw new DownloadFault(fileError("file", file, `there is no folder ${folder}; make it first`));
  }
  if (!isFinal) return "file";
  const info = statIfThere(file);
  if (info?.isDirectory) throw new DownloadFault(folderError(file));
  if (info && (!info.isFile || /^\/(?:dev|proc)\//.test(file))) {
    if (resume) throw new DownloadFault(fileError("file", file, "a device has no part to resume"));
    return "device";
  }
  if (!overwrite && isThere(file)) throw new DownloadFault(existsError(file));
  return "file";
}

/** Resolves a name in a folder; the folder `.` is left out. */
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

/** Tells whether a path exists. A link with a missing target counts. */
function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
