/**
 * Formats the permissions that a run needs.
 *
 * @module
 */

import { formatFlag, type NeededPermission } from "./permission.ts";

/** Widest flag in the column of flags. */
const WIDEST_FLAG = 44;

/** Options of {@linkcode formatNeeds}. */
export interface NeedsOptions {
  /** Formats a flag, for example without secrets. */
  readonly show?: (permission: NeededPermission) => string;
  /** Marks the permissions that this process lacks. */
  readonly marks?: boolean;
}

/** Formats permissions, one in each line, with their reasons. */
export function formatNeeds(needed: readonly NeededPermission[], options: NeedsOptions = {}): string[] {
  const { show = formatFlag, marks = false } = options;
  const width = Math.min(WIDEST_FLAG, Math.max(0, ...needed.map((it) => show(it).length)));
  return needed.map((it) => {
    const lacks = marks && !it.granted ? " (missing)" : "";
    return `  ${show(it).padEnd(width)}  ${describeReasons(it)}${lacks}`;
  });
}

/** Lists the reasons of a permission, the first three by name. */
export function describeReasons({ reasons }: Pick<NeededPermission, "reasons">): string {
  const [first, second, third, ...more] = reasons;
  return [first, second, third, more.length === 0 ? undefined : `${more.length} more`]
    .filter((it) => it !== undefined).join(", ");
}
