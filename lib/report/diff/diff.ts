/**
 * Finds changes in behaviour between two saved results, or two saved profiles.
 *
 * @module
 */

import type { ConnectionProfile, ProbeResult } from "../../result.ts";
import { profileTraits } from "./profile_traits.ts";
import { resultTraits } from "./result_traits.ts";
import { withSameServers } from "./same_servers.ts";
import { sameTrait, type Traits } from "./traits.ts";

/** One difference between two results or profiles. */
export interface Difference {
  /** Path of the fact, as in `experiments.close.outcome`. */
  readonly fact: string;
  /** Its value, or `null` if it is absent. */
  readonly before: unknown;
  /** Its value, or `null` if it is absent. */
  readonly after: unknown;
}

/** A saved result or profile. */
export type Saved = ProbeResult | ConnectionProfile;

/** Tells whether a value from a file is a result, a profile, or neither. */
export function kindOfSaved(value: unknown): "result" | "profile" | undefined {
  if (!isObject(value) || value["schema"] !== 1) return undefined;
  const { experiments, timings, findings, checks, interim, deviations, redirects } = value;
  if (isObject(experiments) && [findings, checks].every(Array.isArray)) return "profile";
  return isObject(timings) && [interim, deviations, redirects, checks].every(Array.isArray)
    ? "result"
    : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/**
 * Compares two saved results, or two saved profiles. It ignores facts that change from run to run: times,
 * addresses, fields and figures of the moment, and the content itself. Idle timeouts count as equal if their
 * samples are close to each other.
 *
 * @returns Differences in the order of the facts; an empty list if the behaviour is the same
 * @throws {TypeError} If one is a result and the other one a profile
 *
 * @example Usage
 * ```ts
 * import { type ConnectionProfile, diffSaved } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const before: ConnectionProfile = {
 *   schema: 1, input: "a", url: "http://a/", startedAt: "", ok: true, findings: [], checks: [],
 *   experiments: { "keep-alive": { outcome: "yes", summary: "", facts: {}, evidence: [], ms: 1 } },
 * };
 * const after = structuredClone(before);
 * after.experiments["keep-alive"]!.outcome = "no";
 * assert.deepEqual(diffSaved(before, after), [
 *   { fact: "experiments.keep-alive.outcome", before: "yes", after: "no" },
 * ]);
 * ```
 */
export function diffSaved(before: Saved, after: Saved): Difference[] {
  if (kindOfSaved(before) !== kindOfSaved(after)) {
    throw new TypeError("Cannot compare: one is the result of a probe, the other is a connection profile");
  }
  const [old, young] = traitsOf(before, after);
  const facts = new Set([...old.keys(), ...young.keys()]);
  return [...facts].flatMap((fact) => {
    const [was, is] = [old.get(fact), young.get(fact)];
    return sameTrait(was, is) ? [] : [{ fact, before: was?.value ?? null, after: is?.value ?? null }];
  });
}

function traitsOf(before: Saved, after: Saved): [Traits, Traits] {
  if ("findings" in before && "findings" in after) {
    const [old, young] = withSameServers(before, after);
    return [profileTraits(old), profileTraits(young)];
  }
  return [resultTraits(before as ProbeResult), resultTraits(after as ProbeResult)];
}
