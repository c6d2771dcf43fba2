/**
 * Finds the permissions of this process that a command line has to repeat.
 *
 * @module
 */

import { dirname } from "node:path";
import { hostAndPort } from "../../net/permission.ts";
import { parseTarget, schemesToTry, settleTarget } from "../../target/target.ts";
import { type Grant, withoutCovered } from "./covered.ts";
import { ACCESSES, isGranted, type Permission } from "./permission.ts";

/**
 * Lists the permissions that this process has: whole ones, and those for hosts and files that its arguments name. Deno does
 * not tell the values of a flag, so a permission for anything else cannot be found.
 *
 * @param args The arguments of sonde.
 */
export function grantedPermissions(args: readonly string[]): Grant[] {
  const words = args.flatMap((arg) => [arg, /^--?[\w.-]+=([^]+)$/.exec(arg)?.[1] ?? arg]);
  return withoutCovered(
    ACCESSES.filter((access) => access !== "import")
      .flatMap((access) => [{ access, value: undefined }, ...namedBy(words, access)]).filter(isGranted),
  );
}

/** Lists the values of a permission that words may mean. */
function namedBy(words: readonly string[], access: Permission["access"]): Grant[] {
  if (access === "net") return words.flatMap(hostsOf).map((value) => ({ access, value }));
  if (access !== "read" && access !== "write") return [];
  const paths = words.filter((word) => word !== "" && !/^-|:\/\//.test(word)).map((word) =>
    word.replace(/^@/, "")
  );
  return paths.flatMap((path) => [path, dirname(path)]).map((value) => ({ access, value }));
}

/** Gives the hosts and ports that a word means as a target; a bare host has one for each scheme. */
export function hostsOf(word: string): string[] {
  if (word.startsWith("-")) return [];
  try {
    const target = parseTarget(word);
    return schemesToTry(target).map((scheme) => {
      const { host, port } = settleTarget(target, scheme);
      return hostAndPort(host, port);
    });
  } catch {
    return []; // The word is no target.
  }
}
