/**
 * Checks expectations against a result.
 *
 * @module
 */

import type { Check, ProbeResult } from "../result.ts";
import { checkOptions } from "../text/check_options.ts";
import { check, CHECK_OPTION_NAMES, type CheckOptions } from "./check.ts";
import { type Expectation, partsOf } from "./parse_expectation.ts";

/**
 * Checks expectations against a result; those about experiments read a property `experiments`.
 *
 * @returns One check for each expectation, in the same order. `actual` is `null` if the fact is absent, and `undefined` if
 * it could not be established
 * @throws {TypeError} If an expectation is about a fact that no result has, or an option does not exist
 *
 * @example Usage
 * ```ts
 * import { checkResult, parseExpectation } from "https://deno.land/x/sonde/lib/expect.ts";
 * import { probe } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const result = await probe(`http://127.0.0.1:${server.addr.port}/`);
 * assert.deepEqual(checkResult(result, [parseExpectation("status == 200"), parseExpectation("not header.etag")]), [
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
  checkOptions(options, CHECK_OPTION_NAMES);
  return expectations.map(partsOf).map((expectation) => {
    const fact = expectation.fact.row;
    if (fact === undefined) {
      throw new TypeError(`Cannot check "${expectation.text}": no result has this fact`);
    }
    return check(expectation, { fact, subject: result }, options);
  });
}

/**
 * Checks expectations against a result, and adds the checks to it.
 *
 * @returns The result with `checks`; `ok` is true only if it was before and all checks hold
 * @throws {TypeError} If an expectation is about a fact that no result has, or an option does not exist
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
 * Parses a long JSON body before {@linkcode checkResult} needs it, so that the event loop gets its turns. The checks are
 * the same without this.
 */
export async function prepareChecks(
  result: ProbeResult,
  expectations: readonly Expectation[],
): Promise<void> {
  for (const { fact } of expectations.map(partsOf)) await fact.row?.prepare?.(result);
}
