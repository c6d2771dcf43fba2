/**
 * The messages about checks that cannot be measured. They are for stderr: the fault is one of this machine.
 *
 * @module
 */

import type { ChangeNotice } from "../../../watch/delivery/change_notice.ts";

/** Tells if a change is the begin or the end of a time in which a check cannot be measured. */
export function isAboutMeasuring({ kind }: Pick<ChangeNotice, "kind">): boolean {
  return kind === "unmeasured" || kind === "measured";
}

/** Describes the changes that tell of such a time, each in one line. */
export function describeMeasuring(changes: readonly ChangeNotice[]): string[] {
  return changes.filter(isAboutMeasuring).map(({ kind, title, cause }) =>
    kind === "measured" ? `${title}: ${cause}` : title
  );
}
