/**
 * Decides the order of the experiments.
 *
 * @module
 */

import type { Experiment } from "./experiment.ts";

/** Maximum simultaneous connections: no more than a browser opens to one server. */
export const MOST_CONNECTIONS = 4;

/** Experiments that run together, and the connections that they may use at the same time. */
export interface Phase {
  readonly phase: readonly Experiment[];
  readonly limit: number;
}

/** Tells whether an experiment sends only well-formed requests of usual size. */
export function isHarmless({ choice }: Experiment): boolean {
  return choice !== "intrusive" && choice !== "own-host";
}

/**
 * Orders the experiments: ordinary ones side by side, then those that need earlier results, then malformed ones one by
 * one.
 */
export function phasesOf(experiments: readonly Experiment[], limit: number = MOST_CONNECTIONS): Phase[] {
  const harmless = experiments.filter(isHarmless);
  return [
    { phase: harmless.filter(({ after }) => after === undefined), limit },
    { phase: harmless.filter(({ after }) => after !== undefined), limit },
    { phase: experiments.filter((experiment) => !isHarmless(experiment)), limit: 1 },
  ];
}
