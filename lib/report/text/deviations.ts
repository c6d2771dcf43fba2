/**
 * Lays out the deviations of a response, grouped by code.
 *
 * @module
 */

import type { Deviation, ProbeResult } from "../../result.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import type { Style } from "../../text/paint.ts";

const STYLES: Readonly<Record<Deviation["class"], Style>> = {
  fatal: "bad",
  sender: "warning",
  tolerated: "warning",
  info: "dim",
};
/** The classes, the worst first. */
const ORDER: readonly Deviation["class"][] = ["fatal", "sender", "tolerated", "info"];

function groupByCode(deviations: readonly Deviation[]): [Deviation, ...Deviation[]][] {
  const groups = new Map<string, [Deviation, ...Deviation[]]>();
  for (const deviation of deviations) {
    const group = groups.get(deviation.code);
    if (group === undefined) groups.set(deviation.code, [deviation]);
    else group.push(deviation);
  }
  return [...groups.values()].sort(([a], [b]) => ORDER.indexOf(a.class) - ORDER.indexOf(b.class));
}

/** Counts all places of the deviations, although a result keeps only the first places of a frequent one. */
export function countDeviations(deviations: readonly Deviation[]): number {
  return deviations.reduce((sum, { count = 1 }) => sum + count, 0);
}

function layOutGroup(group: readonly [Deviation, ...Deviation[]], view: View): string[] {
  const [first] = group;
  const count = countDeviations(group);
  const title: Span[] = [[STYLES[first.class], first.code]];
  if (count > 1) title.push(` ×${formatCount(count)}`);
  title.push([
    "dim",
    `  ${first.class}, ${count > 1 ? "first at" : "at"} octet ${formatCount(first.offset)}, ${first.rfc}`,
  ]);
  const lines = layOut(title, view, { first: 2, rest: 4 });
  const shown = view.verbose ? group : [first];
  for (const { offset, message, excerpt } of shown) {
    const place: Span = ["dim", shown.length > 1 ? `at octet ${formatCount(offset)}: ` : ""];
    lines.push(...layOut([place, message], view, { first: 4, rest: 6 }));
    if (excerpt !== undefined) {
      lines.push(...layOut([["dim", excerpt]], view, { first: 6, rest: 6, keepBlanks: true }));
    }
  }
  return lines;
}

/**
 * Lays out the deviations: one group for each code with count, first offset, class and rule; every place if
 * verbose.
 */
export function layOutDeviations({ deviations }: ProbeResult, view: View): string[] {
  if (deviations.length === 0) return [];
  return [
    ...layOut(
      [["heading", "deviations"], ` (${formatQuantity(countDeviations(deviations), "finding")})`],
      view,
    ),
    ...groupByCode(deviations).flatMap((group) => layOutGroup(group, view)),
  ];
}
