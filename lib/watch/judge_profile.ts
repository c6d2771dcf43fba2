/**
 * Judges a run by the experiments that it or an earlier run measured.
 *
 * @module
 */

import type { Expectation } from "../expect/parse_expectation.ts";
import type { Check, ProbeResult } from "../result.ts";
import type { KeptProfile } from "./kept_profile.ts";
import { experimentOf } from "./tasks/parse_conn.ts";

/** Adds the experiments to a result, with their age. */
export function addProfile(result: ProbeResult, profile: KeptProfile | undefined): ProbeResult {
  if (profile === undefined) return result;
  const age = Date.parse(result.startedAt) - Date.parse(profile.at);
  return { ...result, experiments: { ...profile.experiments }, experimentsAge: Math.max(0, age) };
}

/** Adds to the checks of experiments how old the experiments are. */
export function addAges(
  checks: readonly Check[],
  expectations: readonly Expectation[],
  { experimentsAge: age = 0 }: Pick<ProbeResult, "experimentsAge">,
): Check[] {
  return checks.map((check, index) => {
    const expectation = expectations[index];
    const isOld = age > 0 && expectation !== undefined && experimentOf(expectation) !== undefined;
    return isOld ? { ...check, age } : check;
  });
}

/** Marks a profile for another measurement if an expectation about it does not hold, or an outcome is unknown. */
export function markDoubts(
  { doubtful: _, ...profile }: KeptProfile,
  judged: readonly (readonly [expectations: readonly Expectation[], checks: readonly Check[]])[],
): KeptProfile {
  const isUnknown = Object.values(profile.experiments).some(({ outcome }) => outcome === "unknown");
  const isBroken = judged.some(([expectations, checks]) =>
    expectations.some((expectation, index) =>
      experimentOf(expectation) !== undefined && checks[index]?.ok === false
    )
  );
  return isUnknown || isBroken ? { ...profile, doubtful: true } : profile;
}
