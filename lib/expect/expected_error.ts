/**
 * Recognises errors that expectations ask for.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { checkResult } from "./check_result.ts";
import type { Expectation } from "./parse_expectation.ts";

/**
 * Tells if an expectation asks for the error of a result, as `error.kind == refused` does: it holds, and would not hold
 * without the error. So `error.kind != timeout` asks for none. A local fault is never expected: it tells nothing about
 * the target.
 */
export function isExpectedError(result: ProbeResult, expectations: readonly Expectation[]): boolean {
  const { error, ...rest } = result;
  if (error === undefined || error.by === "local") return false;
  const asking = expectations.filter((expectation) => checkResult(result, [expectation])[0]?.ok);
  return checkResult({ ...rest, ok: true }, asking).some(({ ok }) => !ok);
}
