/**
 * The types of the parts of a watch.
 *
 * @module
 */

import type { History } from "../../../watch/history/history.ts";
import type { TaskPlan } from "../../../watch/tasks/task.ts";
import type { WatchFlags } from "./flags.ts";
import type { CommandIo } from "../../io.ts";
import type { Output } from "../../output/output.ts";
import type { RowLook } from "../../output/row_look.ts";

/** Everything that a watch needs to begin. */
export interface WatchRun {
  readonly file: string;
  readonly flags: WatchFlags;
  readonly io: CommandIo;
  readonly output: Output;
  /** The layout of text in the output. */
  readonly view: RowLook;
  readonly history: History;
  readonly plan: TaskPlan;
}
