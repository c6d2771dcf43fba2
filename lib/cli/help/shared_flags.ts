/**
 * Separates the flags that are particular to a command from those that it shares with others.
 *
 * @module
 */

import type { Flag, FlagGroups } from "../flags/flag.ts";
import { GENERAL_FLAGS } from "../flags/output_flags.ts";
import { LIMIT_FLAGS, REACHING_FLAGS, REQUEST_FLAGS } from "../flags/request_flags.ts";

const GENERAL: ReadonlySet<Flag> = new Set(Object.values(GENERAL_FLAGS));

/** The very objects: a flag that a command explains in its own way is particular to it. */
const PROBING: ReadonlySet<Flag> = new Set(
  [REQUEST_FLAGS, REACHING_FLAGS, LIMIT_FLAGS].flatMap((table): Flag[] => Object.values(table)),
);

/** Groups of flags by heading: those of one command alone, and those that commands share. */
export interface SeparatedFlags {
  readonly own: FlagGroups;
  readonly shared: FlagGroups;
}

/**
 * Separates the flags of a command.
 *
 * @param groups The flags of the command by heading.
 * @param isDefault True for the command whose flags for requests, ways and limits are the model of all others.
 * @returns Both parts, without empty groups. The shared flags of a probe have a heading that says where they come from.
 */
export function separateShared(groups: FlagGroups, isDefault: boolean): SeparatedFlags {
  const own: Record<string, Record<string, Flag>> = {};
  const shared: Record<string, Record<string, Flag>> = {};
  for (const [heading, table] of Object.entries(groups)) {
    for (const [name, flag] of Object.entries(table)) {
      const [part, title] = GENERAL.has(flag)
        ? [shared, heading]
        : !isDefault && PROBING.has(flag)
        ? [shared, `${heading}, as for sonde URL`]
        : [own, heading];
      (part[title] ??= {})[name] = flag;
    }
  }
  return { own, shared };
}
