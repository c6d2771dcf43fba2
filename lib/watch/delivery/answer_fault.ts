/**
 * Finds the failure that an answer with a good status tells of.
 *
 * @module
 */

import { causeIn, parseJsonObject } from "./answer_text.ts";
import type { ServiceAnswer, ServiceFault } from "./services/service.ts";

/** Words of `status` and `result` that tell of a failure. */
const FAILED: readonly unknown[] = ["error", "fail", "failed", "failure"];

/**
 * Finds a web page in place of the answer of a service: a proxy or a login page answered, and the service did not see
 * the notice.
 */
export function pageIn({ status, text }: ServiceAnswer): ServiceFault | undefined {
  if (!isGood(status) || !text.startsWith("<")) return undefined;
  return { status: 502, cause: "a web page came instead of the service's answer" };
}

/** Finds a failure in JSON behind a status of 200 to 299. */
export function failureIn({ status, text }: ServiceAnswer): ServiceFault | undefined {
  if (!isGood(status)) return undefined;
  return tellsFailure(parseJsonObject(text)) ? { status: 400, cause: causeIn(text) } : undefined;
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}

function tellsFailure(
  { ok, success, error, status, result, errcode }: Readonly<Record<string, unknown>>,
): boolean {
  if (ok === false || success === false) return true;
  if (FAILED.includes(status) || FAILED.includes(result)) return true;
  if (typeof errcode === "number" && errcode !== 0) return true;
  // An answer that says that all is well may still have an empty error.
  return ok !== true && success !== true && isFilled(error);
}

function isFilled(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
