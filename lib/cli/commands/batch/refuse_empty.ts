/**
 * Refuses lists without a target.
 *
 * @module
 */

import { listWords } from "../../../text/nearest.ts";
import { UsageError } from "../../usage_error.ts";
import type { TargetList } from "./target_list.ts";

/**
 * Refuses lists without any target, since a gate must not pass because nothing was probed. A part of a list may be empty.
 *
 * @param list The list after it was read.
 * @throws {UsageError} If the files have no target.
 */
export function refuseEmpty(
  list: Pick<TargetList, "isRead" | "size" | "faults">,
  { paths, shard }: { readonly paths: readonly string[]; readonly shard: unknown },
): void {
  if (!list.isRead || list.size !== 0 || list.faults.length > 0 || shard !== undefined) return;
  const names = listWords(paths.map((path) => path === "-" ? "stdin" : path));
  const verb = paths.length === 1 ? "has" : "have";
  throw new UsageError(
    `Cannot probe: ${names} ${verb} no target; write one host or URL a line (lines that begin with # do not count)`,
  );
}
