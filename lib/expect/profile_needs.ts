/**
 * Finds the options of a connection profile that its expectations depend on.
 *
 * @module
 */

import type { Bound } from "./fact.ts";
import { type Expectation, partsOf } from "./parse_expectation.ts";

/** Options of `profileConnection` that expectations depend on. */
export interface ProfileNeeds {
  /** Names of the experiments that measure their facts. */
  readonly experiments: readonly string[];
  /** Milliseconds for which the profile has to watch a silent connection. */
  readonly idleLimit?: number | undefined;
  /** Requests that the profile has to send on one connection. */
  readonly maxRequests?: number | undefined;
}

/** Margin of a bound above the expected value: one second, one request. */
const BEYOND = 1;
const MS = 1000;

/**
 * Finds the experiments that expectations are about, and how far they have to go: an expectation must not fail only
 * because the profile stopped too early.
 *
 * @example Usage
 * ```ts
 * import { parseProfileExpectation } from "https://deno.land/x/sonde/lib/conn.ts";
 * import { profileNeeds } from "https://deno.land/x/sonde/lib/expect.ts";
 * import assert from "node:assert/strict";
 *
 * const needs = profileNeeds([parseProfileExpectation("idle >= 65s")]);
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
