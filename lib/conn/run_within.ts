/**
 * Runs an experiment that may throw, give nonsense, or never come to an end.
 *
 * @module
 */

import { callAfter } from "../time/timer.ts";
import { formatDuration } from "../text/duration.ts";
import type { Experiment, ExperimentVerdict } from "./experiment.ts";
import { CannotTell } from "./lab/cannot_tell.ts";
import type { Lab } from "./lab/lab.ts";

/** Milliseconds for an experiment to come to its end once its connections are closed. */
const GRACE = 1_000;

/** Thrown when an experiment does not come to its end; it is not worth a second try. */
export class Overrun extends CannotTell {
  override readonly name = "Overrun";
}

/**
 * Runs an experiment.
 *
 * @param limit Milliseconds after which it is given up
 * @throws What the experiment throws
 * @throws {CannotTell} If it does not end in time, or not soon after the signal is aborted
 * @throws {TypeError} If its verdict is not one
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
    // Whatever it throws after it was given up is of no interest any more.
    running.catch(() => {});
    return checkVerdict(experiment, await Promise.race([running, givenUp]));
  } finally {
    callOffLimit();
    callOffGrace?.();
    signal?.removeEventListener("abort", stop);
  }
}

/** Also what is thrown before the first wait becomes a rejection. */
async function startExperiment(experiment: Experiment, lab: Lab): Promise<ExperimentVerdict> {
  return await experiment.run(lab);
}

/** The experiment of a script may have been written without types. */
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
