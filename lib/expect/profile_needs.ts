/**
 * What a connection profile has to find out for the sake of expectations.
 *
 * @module
 */

import type { Bound } from "./fact.ts";
import { type Expectation, partsOf } from "./parse_expectation.ts";

/** What expectations ask of `profileConnection`. */
export interface ProfileNeeds {
  /** Names of the experiments whose facts they are about. */
  readonly experiments: readonly string[];
  /** Milliseconds for which a silent connection has to be watched, so that they can be told. */
  readonly idleLimit?: number | undefined;
  /** Requests that have to be sent on one connection. */
  readonly maxRequests?: number | undefined;
}

/** By how much a bound has to be above what is expected: one second, one request. */
const BEYOND = 1;
const MS = 1000;

/**
 * Says which experiments expectations are about, and how far these have to go: an expectation is not false because
 * nobody looked for long enough.
 *
 * @example Usage
 * ```ts
 * import { experimentNames } from "jsr:@sonde/sonde/conn";
 * import { parseExpectation, profileNeeds } from "jsr:@sonde/sonde/expect";
 * import assert from "node:assert/strict";
 *
 * const needs = profileNeeds([parseExpectation("idle >= 65s", { names: experimentNames() })]);
 * assert.deepEqual([needs.experiments, needs.idleLimit], [["idle-timeout"], 66_000]);
 * ```
 */
export function profileNeeds(expectations: readonly Expectation[]): ProfileNeeds {
  const experiments = new Set<string>();
  const most: Record<Bound, number> = { idleLimit: 0, maxRequests: 0 };
  for (const { fact, comparison } of expectations.map(partsOf)) {
    const { experiment, boundBy } = fact.profile ?? {};
    if (experiment === undefined) continue;
    experiments.add(experiment);
    if (boundBy === undefined || comparison?.value.type !== "number") continue;
    most[boundBy] = Math.max(most[boundBy], Math.ceil(comparison.value.number) + BEYOND);
  }
  return {
    experiments: [...experiments],
    idleLimit: most.idleLimit > 0 ? most.idleLimit * MS : undefined,
    maxRequests: most.maxRequests > 0 ? most.maxRequests : undefined,
  };
}
