/**
 * Checks expectations against a connection profile.
 *
 * @module
 */

import type { Check, ConnectionProfile } from "../result.ts";
import { check } from "./check.ts";
import { type Expectation, partsOf } from "./parse_expectation.ts";

/**
 * Checks expectations against a connection profile.
 *
 * @returns One check for each expectation, in the same order
 * @throws {TypeError} If an expectation is about a fact that no profile has
 *
 * @example Usage
 * ```ts
 * import { parseProfileExpectation } from "https://deno.land/x/sonde/lib/conn.ts";
 * import { checkProfile } from "https://deno.land/x/sonde/lib/expect.ts";
 * import assert from "node:assert/strict";
 *
 * const idle = { outcome: "closed", summary: "", facts: { seconds: 60.1 }, evidence: [], ms: 60_200 };
 * const profile = {
 *   schema: 1 as const,
 *   input: "a", url: "http://a/", startedAt: "2026-03-01T12:00:00.000Z", ok: true,
 *   experiments: { "idle-timeout": idle }, findings: [], checks: [],
 * };
 * assert.deepEqual(checkProfile(profile, [parseProfileExpectation("idle >= 65s")]), [
 *   { expect: "idle >= 65s", ok: false, actual: 60.1 },
 * ]);
 * ```
 */
export function checkProfile(profile: ConnectionProfile, expectations: readonly Expectation[]): Check[] {
  return expectations.map(partsOf).map((expectation) => {
    const fact = expectation.fact.profile;
    if (fact === undefined) {
      throw new TypeError(`Cannot check "${expectation.text}": no profile has this fact`);
    }
    return check(expectation, { fact, subject: profile });
  });
}
