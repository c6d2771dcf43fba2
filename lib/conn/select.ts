/**
 * Selects the experiments of a run.
 *
 * @module
 */

import { adviseNearest } from "../text/nearest.ts";
import type { Experiment } from "./experiment.ts";
import { allExperiments } from "./all_experiments.ts";
import type { ProfileOptions } from "./options.ts";

/** Facts about the server that decide which experiments apply. */
export interface Circumstances {
  readonly https: boolean;
  /** Number of addresses of the name; 0 if they are unknown, or connecting to them is not permitted. */
  readonly addresses: number;
}

/** An experiment to run, or a requested one that does not apply here. */
export interface Selected {
  readonly experiment: Experiment;
  /** The reason why it does not apply. */
  readonly skipped?: string;
}

/**
 * Checks that the experiments named in options exist and are permitted.
 *
 * @throws {TypeError} If one does not; the message lists the existing names, or the option that permits it
 */
export function checkSelection(options: ProfileOptions): void {
  const { only = [], skip = [], intrusive = false, ownHost = false } = options;
  const experiments = allExperiments(options);
  if (skip.includes("all")) {
    throw new TypeError(
      "Cannot skip all experiments: name some, or write default for those that run by default",
    );
  }
  const names = experiments.map(({ name }) => name);
  for (const name of [...only, ...skip]) {
    if (name === "default" || name === "all" || names.includes(name)) continue;
    throw new TypeError(`Cannot run the experiment "${name}": ${adviseExperiment(name, names)}`);
  }
  refuseNothingLeft(only, skip);
  for (const name of only) {
    const choice = experiments.find((experiment) => experiment.name === name)?.choice;
    if (choice === "intrusive" && !intrusive) {
      throw new TypeError(
        `Cannot run the experiment "${name}": it sends malformed or oversized requests; permit it with --intrusive, in a script with intrusive: true`,
      );
    }
    if (choice === "own-host" && !(intrusive && ownHost)) {
      throw new TypeError(
        `Cannot run the experiment "${name}": it can harm other people's requests behind a shared front end; on a host of your own permit it with --intrusive --own-host, in a script with intrusive: true and ownHost: true`,
      );
    }
  }
}

/** Refuses lists that leave nothing to run. */
function refuseNothingLeft(only: readonly string[], skip: readonly string[]): void {
  if (only.length > 0 && only.every((name) => skip.includes(name))) {
    throw new TypeError(`Cannot run and skip the same experiments: ${only.join(", ")} is in both lists`);
  }
}

/**
 * Selects the experiments.
 *
 * @throws {TypeError} As {@linkcode checkSelection}
 */
export function selectExperiments(options: ProfileOptions, circumstances: Circumstances): Selected[] {
  checkSelection(options);
  const { only, skip = [] } = options;
  return allExperiments(options).flatMap((experiment): Selected[] => {
    const { name } = experiment;
    if (skip.includes(name) || (skip.includes("default") && isDefault(experiment))) return [];
    const wanted = only === undefined
      ? isUsual(experiment, options)
      : only.includes(name) || (only.includes("default") && isDefault(experiment)) ||
        (only.includes("all") && isPermitted(experiment, options));
    if (!wanted) return [];
    const skipped = reasonAgainst(experiment, circumstances);
    // An experiment that does not apply is worth a report only if it was requested.
    if (skipped !== undefined) return only?.includes(name) ? [{ experiment, skipped }] : [];
    return [{ experiment }];
  });
}

function isDefault({ choice }: Experiment): boolean {
  return choice === "default" || choice === "https" || choice === "addresses";
}

/** Selects the experiments without a list: the default ones, and those that an option permits. */
function isUsual(experiment: Experiment, options: ProfileOptions): boolean {
  return isDefault(experiment) || (experiment.choice !== "name" && isPermitted(experiment, options));
}

function isPermitted(
  { choice }: Experiment,
  { intrusive = false, ownHost = false }: ProfileOptions,
): boolean {
  switch (choice) {
    case "default":
    case "https":
    case "addresses":
    case "name":
      return true;
    case "intrusive":
      return intrusive;
    case "own-host":
      return intrusive && ownHost;
  }
}

function reasonAgainst({ choice }: Experiment, { https, addresses }: Circumstances): string | undefined {
  if (choice === "https" && !https) return "only for https";
  if (choice === "addresses" && addresses === 0) {
    return "the addresses behind the name are not known, or only the name may be connected to";
  }
  if (choice === "addresses" && addresses < 2) return "the name has only one address";
  return undefined;
}

/** Names the nearest experiment, or all. */
function adviseExperiment(name: string, names: readonly string[]): string {
  return adviseNearest(name, names, { onlyNear: true }) ?? `there are ${names.join(", ")}`;
}
