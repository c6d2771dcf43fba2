/**
 * The messages about checks that cannot be measured. They are for stderr: the fault is one of this machine.
 *
 * @module
 */

import type { ChangeNotice } from "../../../watch/delivery/change_notice.ts";

/** Tells if a change says that sonde can no longer measure a check, or that it can again. */
export function isAboutMeasuring({ kind }: Pick<ChangeNotice, "kind">): boolean {
  return kind === "unmeasured" || kind === "measured";
}

/** Describes these changes, each in one line. */
export function describeMeasuring(changes: readonly ChangeNotice[]): string[] {
  return changes.filter(isAboutMeasuring).map(({ kind, title, cause }) =>
    kind === "measured" ? `${title}: ${cause}` : title
  );
}
