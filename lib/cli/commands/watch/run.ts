/**
 * What watching needs, in one place: types only.
 *
 * @module
 */

import type { Paint } from "../../../text/paint.ts";
import type { History } from "../../../watch/history/history.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import type { WatchFlags } from "./flags.ts";
import type { CommandIo } from "../../io.ts";
import type { Output } from "../../output/output.ts";

/** A watch that may begin. */
export interface WatchRun {
  readonly file: string;
  readonly flags: WatchFlags;
  readonly io: CommandIo;
  readonly output: Output;
  /** How text is laid out there. */
  readonly view: { readonly paint: Paint; readonly width: number };
  readonly history: History;
  readonly plan: TaskPlan;
}
