/**
 * Explains flags of Deno among the arguments of sonde.
 *
 * @module
 */

import { nearEnough, sayNearest } from "../../text/nearest.ts";
import { isGranted, parseFlag } from "../start/permission.ts";
import { MisplacedFlagError, UsageError } from "../usage_error.ts";

/** A flag that grants or denies permissions to a program of Deno. */
export const DENO_FLAG = /^--(?:(?:allow|deny)-[a-z]+(?:=|$)|no-prompt$)/;

/** The permissions of Deno. */
const PERMISSIONS = ["all", "env", "ffi", "import", "net", "read", "run", "scripts", "sys", "write"];

/**
 * Explains flags of Deno: a mistyped one, one that gives nothing new, or one at the wrong place.
 *
 * @param flags The flags as written.
 * @returns `undefined` if one of them is no flag of Deno.
 */
export function explainDenoFlags(flags: readonly string[]): UsageError | undefined {
  for (const flag of flags) {
    const [, kind = "", name = ""] = /^--(allow|deny)-([a-z]+)/.exec(flag) ?? [];
    if (name === "" || PERMISSIONS.includes(name)) continue;
    const near = nearEnough(name, PERMISSIONS);
    if (near === undefined) return undefined;
    return new UsageError(
      `Unknown flag --${kind}-${name}: ${sayNearest(`--${kind}-${near}`)}, which goes before the script`,
    );
  }
  if (flags.every(isGrantedAlready)) {
    return new UsageError(`Cannot take ${flags.join(" ")} here: leave it out, since it is granted already`);
  }
  return new MisplacedFlagError(flags);
}

function isGrantedAlready(flag: string): boolean {
  const { access, value } = parseFlag(flag) ?? {};
  if (access === undefined) return false;
  return value === undefined
    ? isGranted({ access })
    : value.split(",").every((one) => isGranted({ access, value: one }));
}
