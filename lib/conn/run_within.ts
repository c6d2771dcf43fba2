/**
 * Runs an experiment that may throw, return nonsense, or never end.
 *
 * @module
 */

import { callAfter } from "../time/timer.ts";
import { formatDuration } from "../text/duration.ts";
import type { Experiment, ExperimentVerdict } from "./experiment.ts";
import { CannotTell } from "./lab/cannot_tell.ts";
import type { Lab } from "./lab/lab.ts";

/** Milliseconds for an experiment to end once its connections are closed. */
const GRACE = 1_000;

/** Thrown when an experiment does not end; another try would not help. */
export class Overrun extends CannotTell {
  override readonly name = "Overrun";
}

/**
 * Runs an experiment.
 *
 * @param limit Milliseconds after which the experiment is abandoned
 * @throws The error of the experiment
 * @throws {CannotTell} If it does not end in time, or not soon after the signal is aborted
 * @throws {TypeError} If it returns something other than a verdict
 */
export async function runWithin(
  experiment: Experiment,
  lab: Lab,
  { limit, signal }: { readonly limit: number; readonly signal: AbortSignal | undefined },
): Promise<ExperimentVerdict> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const callOffLimit = callAfter(
    limit,
    () => reject(new Overrun(`it was not over after ${formatDuration(limit)}`)),
  );
  let callOffGrace: (() => void) | undefined;
  const stop = (): void => {
    callOffGrace ??= callAfter(GRACE, () => reject(new CannotTell("interrupted")));
  };
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  try {
    const running = startExperiment(experiment, lab);
    // An error that it throws after it was abandoned no longer matters.
    running.catch(() => {});
    return checkVerdict(experiment, await Promise.race([running, givenUp]));
  } finally {
    callOffLimit();
    callOffGrace?.();
    signal?.removeEventListener("abort", stop);
  }
}

/** Turns an error that is thrown before the first wait into a rejection. */
async function startExperiment(experiment: Experiment, lab: Lab): Promise<ExperimentVerdict> {
  return await experiment.run(lab);
}

/** Checks the verdict: a script may have written its experiment without types. */
function checkVerdict(
  { outcomes }: Experiment,
  verdict: Partial<ExperimentVerdict> | undefined,
): ExperimentVerdict {
  const { outcome, summary = "", facts = {} } = verdict ?? {};
  if (outcome === undefined) throw new TypeError("its run() gave no outcome");
  if (outcome !== "unknown" && !Object.hasOwn(outcomes, outcome)) {
    throw new TypeError(`its run() gave the outcome "${outcome}", which is not among its outcomes`);
  }
  return { outcome, summary, facts };
}
