/**
 * Puts checks into groups by tag.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { compareStates, type NumberedCheck, rankOf } from "./states.ts";

/** The checks with one tag. */
export interface Group {
  /** `undefined`: the checks without a tag. */
  readonly tag: string | undefined;
  /** Checks whose first tag this is: their place is here. */
  readonly own: NumberedCheck[];
  /** Checks that have this tag too: the group links to them. */
  readonly others: NumberedCheck[];
}

/** Puts each check into the groups of its tags; the order of the groups is that of their worst checks. */
export function groupByTag(checks: readonly NumberedCheck[]): Group[] {
  const groups = new Map<string | undefined, Group>();
  for (const item of checks.toSorted(compareStates)) {
    const tags = item.check.tags.length === 0 ? [undefined] : new Set(item.check.tags);
    let first = true;
    for (const tag of tags) {
      const group = groups.get(tag) ?? { tag, own: [], others: [] };
      groups.set(tag, group);
      (first ? group.own : group.others).push(item);
      first = false;
    }
  }
  return [...groups.values()].sort(compareGroups);
}

function compareGroups(one: Group, other: Group): number {
  return worstRank(one) - worstRank(other) ||
    Number(one.tag === undefined) - Number(other.tag === undefined) ||
    ((one.tag ?? "") < (other.tag ?? "") ? -1 : 1);
}

/** Computes the rank of the worst state in a group. */
function worstRank({ own, others }: Group): number {
  return Math.min(...[...own, ...others].map(({ check: { state } }) => rankOf(state)));
}

/** Renders the name of a group. */
export function renderTag(tag: string | undefined): string {
  return tag === undefined ? "Without a tag" : `<bdi>${escapeHtml(tag)}</bdi>`;
}

/** Says how many checks of a group are up. */
export function countUp(checks: readonly NumberedCheck[]): string {
  const watched = checks.filter(({ check: { state } }) => state !== "removed");
  const up = watched.filter(({ check: { state } }) => state === "up").length;
  return watched.length === 0
    ? formatQuantity(checks.length, "check")
    : `${formatCount(up)} of ${formatCount(watched.length)} up`;
}
