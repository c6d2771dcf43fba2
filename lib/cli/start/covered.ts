/**
 * Leaves out permissions that other permissions include.
 *
 * @module
 */

import { isAbsolute, relative, resolve } from "node:path";
import type { Permission } from "./permission.ts";

/** A permission without its reason. */
export type Grant = Pick<Permission, "access" | "value">;

/** Leaves out values of which another permission has the whole, or the folder, and repetitions. */
export function withoutCovered(permissions: readonly Grant[]): Grant[] {
  const kept: Grant[] = [];
  for (const permission of permissions) {
    if (kept.some((it) => covers(it, permission))) continue;
    const others = kept.filter((it) => !covers(permission, it));
    kept.splice(0, kept.length, ...others, permission);
  }
  return kept;
}

function covers(one: Grant, other: Grant): boolean {
  if (one.access !== other.access) return false;
  if (one.value === undefined || one.value === other.value) return true;
  const isPath = one.access === "read" || one.access === "write";
  return isPath && other.value !== undefined && isInside(other.value, one.value);
}

/** Tells if a path is the folder, or within it. */
export function isInside(path: string, folder = "."): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way !== ".." && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}
