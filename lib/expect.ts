/**
 * Expectations: what is to hold of a result or of a connection profile, as one line of text each.
 *
 * @module
 */

import type { Check, ConnectionProfile, ProbeResult } from "./result.ts";
import { check, type CheckOptions } from "./expect/check.ts";
import { type Expectation, partsOf } from "./expect/parse_expectation.ts";

export { type Expectation, parseExpectation } from "./expect/parse_expectation.ts";
export type { CheckOptions } from "./expect/check.ts";
export { type ProfileNeeds, profileNeeds } from "./expect/profile_needs.ts";
export { withoutText } from "./expect/without_text.ts";
export { ExpectationSyntaxError } from "./expect/syntax_error.ts";
export type { WithExperiments } from "./expect/profile_facts.ts";
export type { ExpectationSubject } from "./expect/resolve_fact.ts";

/**
 * Holds expectations against a result; those about experiments find them in a property `experiments`.
 *
 * @returns One check for each, in order; `actual` is `null` for what is not there and `undefined` for what could
 * not be established.
 * @throws {TypeError} If an expectation is about a fact that no result has.
 *
 * @example Usage
 * ```ts
 * import { checkResult, parseExpectation } from "./expect.ts";
 * import { probe } from "./probe.ts";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const result = await probe(`http://127.0.0.1:${server.addr.port}/`);
 * assertEquals(checkResult(result, [parseExpectation("status == 200"), parseExpectation("not header.etag")]), [
 *   { expect: "status == 200", ok: true, actual: 200 },
 *   { expect: "not header.etag", ok: true, actual: null },
 * ]);
 * ```
 */
export function checkResult(
  result: ProbeResult,
  expectations: readonly Expectation[],
  options: CheckOptions = {},
): Check[] {
  return expectations.map(partsOf).map((expectation) => {
    const fact = expectation.fact.row;
    if (fact === undefined) {
      throw new TypeError(`Cannot check "${expectation.text}": no result has this fact`);
    }
    return check(expectation, { fact, subject: result }, options);
  });
}

/**
 * Holds expectations against a connection profile.
 *
 * @returns One check for each, in order.
 * @throws {TypeError} If an expectation is about a fact that no profile has.
 *
 * @example Usage
 * ```ts
 * import { checkProfile, parseExpectation } from "./expect.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const idle = { outcome: "closed", summary: "", facts: { seconds: 60.1 }, evidence: [], ms: 60_200 };
 * const profile = {
 *   schema: 1 as const,
 *   input: "a", url: "http://a/", startedAt: "2026-03-01T12:00:00.000Z", ok: true,
 *   experiments: { "idle-timeout": idle }, findings: [], checks: [],
 * };
 * assertEquals(checkProfile(profile, [parseExpectation("idle >= 65s")]), [
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

/**
 * A result with its expectations checked: `checks` filled in, and `ok` only if all of them hold.
 *
 * @throws {TypeError} If an expectation is about a fact that no result has.
 */
export function withChecks(
  result: ProbeResult,
  expectations: readonly Expectation[],
  options: CheckOptions = {},
): ProbeResult {
  const checks = checkResult(result, expectations, options);
  return { ...result, ok: result.ok && checks.every((it) => it.ok), checks };
}

/**
 * Reads beforehand what {@linkcode checkResult} would hold up the event loop with: a JSON body of megabytes, which takes
 * parts of a second. Without it the checks come to the same.
 */
export async function prepareChecks(
  result: ProbeResult,
  expectations: readonly Expectation[],
): Promise<void> {
  for (const { fact } of expectations.map(partsOf)) await fact.row?.prepare?.(result);
}

/** Whether an expectation needs `body.text`, so that a probe has to be told `keepText`. */
export function needsText(expectations: readonly Expectation[]): boolean {
  return expectations.map(partsOf).some(({ fact }) => fact.result?.needs === "text");
}

/** Whether an expectation needs `body.sha256`, so that a probe has to be told `keepSha256`. */
export function needsSha256(expectations: readonly Expectation[]): boolean {
  return expectations.map(partsOf).some(({ fact }) => fact.result?.needs === "sha256");
}
