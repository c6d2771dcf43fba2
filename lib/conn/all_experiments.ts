/**
 * All experiments that a run may choose from.
 *
 * @module
 */

import type { CustomExperiment } from "./custom_experiment.ts";
import type { Experiment } from "./experiment.ts";
import { EXPERIMENTS } from "./experiments.ts";

/** Stand for several experiments, so none can have them as its name. */
const RESERVED: readonly string[] = ["default", "all"];

/** Milliseconds that an experiment takes beside the server's time for its answers, unless it says otherwise. */
const USUAL_TIME = 1_000;

/**
 * Gives all experiments that a run may choose from: those of the program, then those of the script.
 *
 * @throws {TypeError} If one of the script cannot be used
 */
export function allExperiments(
  { experiments = [] }: { readonly experiments?: readonly CustomExperiment[] | undefined },
): readonly Experiment[] {
  if (experiments.length === 0) return EXPERIMENTS;
  const all = [...EXPERIMENTS];
  for (const custom of experiments) {
    checkName(custom.name, all);
    if (typeof custom.run !== "function") throw cannotUse(custom.name, "it has no function run");
    all.push({
      sends: "what its run() sends",
      choice: "default",
      connections: () => 1,
      answers: () => 1,
      atMost: () => USUAL_TIME,
      plan: () => [],
      ...custom,
    });
  }
  return all;
}

function checkName(name: string, others: readonly Experiment[]): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw cannotUse(name, "a name has lower-case letters and digits, joined with -");
  }
  if (RESERVED.includes(name)) throw cannotUse(name, "this name stands for several experiments");
  if (others.some((other) => other.name === name)) throw cannotUse(name, "another one has this name");
}

function cannotUse(name: string, cause: string): TypeError {
  return new TypeError(`Cannot use the experiment "${name}": ${cause}`);
}
