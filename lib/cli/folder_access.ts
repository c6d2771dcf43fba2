/**
 * Checks the permissions for a file and the files beside it.
 *
 * @module
 */

import { dirname } from "node:path";
import { refuseUrlAsFile } from "./file_advice.ts";
import { MissingPermission } from "./local_fault.ts";
import { formatFlag } from "./start/permission.ts";

/**
 * Checks the permission for a file and for the files that sonde puts beside it, that is, for their folder.
 *
 * @param access The purposes.
 * @param paths The file as the user wrote it, then the others.
 * @throws {MissingPermission} If a permission is missing; the message names all flags that grant it.
 */
export function requireFolderAccess(
  access: readonly ("read" | "write")[],
  paths: readonly [string, ...string[]],
): void {
  for (const name of access) refuseUrlAsFile(name, paths[0]);
  const missing = access.filter((name) =>
    paths.some((path) => Deno.permissions.querySync({ name, path }).state !== "granted")
  );
  if (missing.length === 0) return;
  const flags = missing.map((access) => formatFlag({ access, value: dirname(paths[0]) }));
  const files = new Intl.ListFormat("en-GB").format(paths);
  throw new MissingPermission(`${missing.join(" and ")} ${files}`, flags);
}
