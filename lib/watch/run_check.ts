/**
 * Runs one check once, outside of a schedule.
 *
 * @module
 */

import { chainStart } from "../redirect_chain.ts";
import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { CheckRun } from "./check_run.ts";
import type { CheckHistory } from "./history/check_history.ts";
import { withProfile } from "./kept_profile.ts";
import { makeCheckRun, redactState } from "./make_check_run.ts";
import type { Recorder } from "./recorder.ts";
import { runTask } from "./run_task.ts";
import { advanceState } from "./state/advance.ts";
import { type CheckState, isCheckState, newState } from "./state/check_state.ts";
import type { CheckDefinition } from "./tasks/check_definition.ts";
import { toPlan } from "./tasks/to_plan.ts";

/** Options of {@linkcode runCheck}. */
export interface RunCheckOptions {
  /**
   * State after the previous run, from the `state` of that run; plain data that a script can save as JSON.
   *
   * @default {undefined} The check is new
   */
  readonly state?: CheckState | undefined;
  /** A history that provides the state and records the run. */
  readonly history?: CheckHistory | undefined;
  /** Ends the run early; its verdict is then `unknown`. */
  readonly signal?: AbortSignal | undefined;
}

const RUN_CHECK_OPTION_NAMES = {
  state: true,
  history: true,
  signal: true,
} as const satisfies OptionNames<RunCheckOptions>;

/**
 * Runs a check once and compares the outcome with the previous state. Needs `--allow-net` for the target.
 *
 * @returns The run. A target or a predicate that fails does not throw, but gives the verdict `down`
 * @throws {TaskFileError} If the definition has mistakes; the message lists them all
 * @throws {TypeError} If both `state` and `history` are given, or `state` is something else than a state
 * @throws {HistoryError} If the history cannot be written
 *
 * @example Usage
 * ```ts
 * import { runCheck } from "https://deno.land/x/sonde/lib/watch.ts";
 *
 * let status = 200;
 * await using server = Deno.serve(
 *   { hostname: "127.0.0.1", port: 0, onListen() {} },
 *   () => new Response(null, { status }),
 * );
 * const check = { name: "shop", url: `http://127.0.0.1:${server.addr.port}/`, expect: ["status == 200"] };
 * const first = await runCheck(check);
 * status = 503;
 * const second = await runCheck(check, { state: first.state });
 * const [change] = second.changes;
 * if (change?.kind !== "down" || change.from !== "up") throw new Error(`${change?.kind} from ${change?.from}`);
 * ```
 */
export async function runCheck(
  definition: CheckDefinition,
  options: RunCheckOptions = {},
): Promise<CheckRun> {
  checkOptions(options, RUN_CHECK_OPTION_NAMES);
  const { state, history, signal = new AbortController().signal } = options;
  if (state !== undefined && history !== undefined) {
    throw new TypeError("Cannot use state together with history: the history has the state");
  }
  if (state !== undefined && !isCheckState(state)) {
    throw new TypeError("Cannot run the check: state is not the state of an earlier run");
  }
  const task = toPlan([definition]).tasks[0]!;
  const recorder = history && await openRecorder(history);
  const kept = history === undefined ? state : history.stateOf(task.name);
  const run = await runTask(task, signal, kept?.profile);
  if (recorder !== undefined) return recorder.record({ task, run, skipped: 0 });
  const before = state ?? newState(chainStart(run.result));
  const advanced = advanceState(before, run, task);
  const redacted = redactState(advanced.state, (text) => task.redact(text));
  return makeCheckRun({ task, run, skipped: 0 }, { ...advanced, state: withProfile(redacted, run) });
}

async function openRecorder(history: CheckHistory): Promise<Recorder> {
  const [{ Recorder }, { toHistory }] = await Promise.all([
    import("./recorder.ts"),
    import("./history/to_history.ts"),
  ]);
  return new Recorder(toHistory(history));
}
