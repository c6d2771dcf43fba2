/**
 * Collects all experiments that a run may choose from.
 *
 * @module
 */

import type { CustomExperiment } from "./custom_experiment.ts";
import type { Experiment } from "./experiment.ts";
import { EXPERIMENTS } from "./experiments.ts";

/** Words that stand for several experiments, so no experiment may have one of them as its name. */
const RESERVED: readonly string[] = ["default", "all"];

/** Default for the milliseconds that an experiment takes in addition to the server's time for its answers. */
const USUAL_TIME = 1_000;

/**
 * Gives all experiments that a run may choose from: the built-in ones, then those of the script.
 *
 * @throws {TypeError} If an experiment of the script cannot be used
 */
export function allExperiments(
  { experiments = [] }: { readonly experiments?: readonly CustomExperiment[] | undefined },
): readonly Experiment[] {
  if (experiments.length === 0) return EXPERIMENTS;
  const all = [...EXPERIMENTS];
  for (const custom of experiments) {
    checkName(custom.name, all);
    if (typeof custom.run !== "function") throw cannotUse(custom.name, "it has no run() function");
    all.push({
      sends: "the octets that its run() sends",
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
    throw cannotUse(name, "use lower-case letters and digits, joined with -");
  }
  if (RESERVED.includes(name)) throw cannotUse(name, "this name stands for several experiments");
  if (others.some((other) => other.name === name)) throw cannotUse(name, "another experiment has this name");
}

function cannotUse(name: string, cause: string): TypeError {
  return new TypeError(`Cannot use the experiment "${name}": ${cause}`);
}
