/**
 * The order in which experiments are made.
 *
 * @module
 */

import type { Experiment } from "./experiment.ts";

/** Connections at the same time: no more than a browser has to one server. */
export const MOST_CONNECTIONS = 4;

/** Experiments that are made together, and connections that they may have at the same time. */
export interface Phase {
  readonly phase: readonly Experiment[];
  readonly limit: number;
}

/** Tells whether an experiment sends only well-formed requests of usual size. */
export function isHarmless({ choice }: Experiment): boolean {
  return choice !== "intrusive" && choice !== "own-host";
}

/** Ordinary ones side by side, then those that need what others found, then malformed ones one by one. */
export function phasesOf(experiments: readonly Experiment[], limit: number = MOST_CONNECTIONS): Phase[] {
  const harmless = experiments.filter(isHarmless);
  return [
    { phase: harmless.filter(({ after }) => after === undefined), limit },
    { phase: harmless.filter(({ after }) => after !== undefined), limit },
    { phase: experiments.filter((experiment) => !isHarmless(experiment)), limit: 1 },
  ];
}
