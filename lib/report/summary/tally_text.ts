/**
 * Lays out counts by name.
 *
 * @module
 */

import { formatCount } from "../../text/count.ts";
import { layOutFacts, type View } from "../../text/layout.ts";
import type { Tally } from "./counter.ts";

/** Lays out counts after their label, as in `status       200: 18; 503: 2`; gives no lines if there are none. */
export function layOutTally(label: string, tally: Tally, view: View): string[] {
  if (tally.length === 0) return [];
  return layOutFacts(
    label,
    [[tally.map(([name, count]) => `${name}: ${formatCount(count)}`).join("; ")]],
    view,
  );
}
