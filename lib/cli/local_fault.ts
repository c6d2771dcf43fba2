/**
 * Faults of this machine, or missing permissions. They say nothing about a target.
 *
 * @module
 */

import { adviseFile, refuseUrlAsFile } from "./file_advice.ts";
import { formatFlag } from "./start/permission.ts";

/** A fault of this machine that ends the run with exit code 3. */
export class LocalFault extends Error {
  override readonly name: string = "LocalFault";
}

/** A missing permission that ends the run. */
export class MissingPermission extends LocalFault {
  override readonly name = "MissingPermission";
  /** The flags of Deno that grant it. */
  readonly flags: readonly string[];

  /**
   * @param doing The attempt, such as `read hosts.txt`.
   * @param flags The flags of Deno that grant the permission.
   */
  constructor(doing: string, flags: readonly string[]) {
    super(`Cannot ${doing}: this needs ${flags.join(" ")}`);
    this.flags = flags;
  }
}

/**
 * Checks the permission for a file, before Deno asks on the terminal or throws in the middle of the run.
 *
 * @param access The purpose.
 * @param path The file as the user wrote it.
 * @throws {MissingPermission} If the permission was not granted; the message names the flag that grants it.
 * @throws {UsageError} If the path is a URL.
 */
export function requireFileAccess(access: "read" | "write", path: string): void {
  refuseUrlAsFile(access, path);
  if (Deno.permissions.querySync({ name: access, path }).state === "granted") return;
  const flag = DEVICE.test(path) ? "--allow-all" : formatFlag({ access, value: path });
  throw new MissingPermission(`${access} ${path}`, [flag]);
}

/** Matches paths of files that Deno opens only with every permission. */
const DEVICE = /^\/(?:proc|sys|dev(?!\/(?:null|zero|random|urandom)$))\//;

/**
 * Describes why a file could not be used.
 *
 * @param access The purpose.
 * @param path The file as the user wrote it.
 * @param error The error that Deno threw.
 * @returns The fault, to be thrown.
 */
export function fileFault(access: "read" | "write", path: string, error: unknown): LocalFault {
  // Deno opens some devices only with every permission.
  if (error instanceof Deno.errors.NotCapable) {
    return new MissingPermission(`${access} ${path}`, ["--allow-all"]);
  }
  return new LocalFault(
    `Cannot ${access} ${path}: ${reasonOf(error, access)}${adviseFile(access, path, error)}`,
    { cause: error },
  );
}

function reasonOf(error: unknown, access: "read" | "write"): string {
  if (error instanceof Deno.errors.NotFound) {
    return access === "read" ? "there is no such file" : "there is no such folder";
  }
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (error instanceof Deno.errors.PermissionDenied) return "the system does not allow it";
  return error instanceof Error ? error.message : String(error);
}
