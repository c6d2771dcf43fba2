/**
 * Decides which failures deserve another try, and how long to wait before it.
 *
 * @module
 */

import { ERROR_KINDS } from "../error_kind.ts";
import type { ProbeError } from "../result.ts";

const FIRST_DELAY = 250;
const LONGEST_DELAY = 30_000;

/**
 * Tells whether a failure may pass, so that another try makes sense. A name that does not exist is a lasting failure.
 */
export function isTransient({ kind, by }: ProbeError): boolean {
  return by !== "local" && ERROR_KINDS[kind].passes && !(kind === "resolve" && by === "target");
}

/** Tells whether this machine ran out of a resource; the failure then says nothing about the target. */
export function isResourceExhaustion({ kind, by }: ProbeError): boolean {
  return by === "local" && kind === "resource";
}

/** Tells whether this process was stopped or busy for too long; the failure then says nothing about the target. */
export function isStarvation({ kind, by }: ProbeError): boolean {
  return by === "local" && kind === "timeout";
}

/**
 * Computes the milliseconds before the next try: 250 ms, doubled each time up to 30 s, with a random spread of a
 * quarter so that targets that failed together do not return together.
 *
 * @param failures Number of failed tries so far, at least 1
 */
export function retryDelay(failures: number): number {
  return Math.min(FIRST_DELAY * 2 ** (failures - 1), LONGEST_DELAY) * (0.75 + Math.random() / 2);
}
