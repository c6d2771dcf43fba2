/**
 * The notice of a state change.
 *
 * @module
 */

import { chainTotal } from "../../redirect_chain.ts";
import type { ProbeResult } from "../../result.ts";
import { withoutUndefined } from "../../without_undefined.ts";
import { changeTitle } from "../state/change_title.ts";
import type { StateChange } from "../state/state_change.ts";
import type { Task } from "../tasks/task.ts";

/** A state change as receivers get it: the body of a webhook request, and `SONDE_JSON` of a command. */
export interface ChangeNotice extends StateChange {
  /** Version of this form. */
  readonly schema: 1;
  /** Name of the check. */
  readonly check: string;
  /** URL of the check. */
  readonly url: string;
  /** Tags of the check. */
  readonly tags: readonly string[];
  /** The change in one line of plain words, as in `shop is down: status 503`. */
  readonly title: string;
  /** Status of the response; `null` if there was none. */
  readonly status: number | null;
  /** Duration of the run over all redirects, in milliseconds. */
  readonly total: number;
}

/** Makes the notice of a state change. */
export function changeNotice(
  task: Pick<Task, "name" | "url" | "tags">,
  change: StateChange,
  result: ProbeResult,
): ChangeNotice {
  const { name, url, tags } = task;
  return withoutUndefined({
    schema: 1,
    check: name,
    url,
    tags,
    title: changeTitle(name, change),
    ...change,
    status: result.status ?? null,
    // The clock is no finer than a microsecond.
    total: Math.round(chainTotal(result) * 1000) / 1000,
  });
}
