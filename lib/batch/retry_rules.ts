/**
 * Decides which failures deserve another try, and after how long.
 *
 * @module
 */

import { ERROR_KINDS } from "../error_kind.ts";
import type { ProbeError } from "../result.ts";

const FIRST_DELAY = 250;
const LONGEST_DELAY = 30_000;

/** Says whether a failure may pass, so that it deserves a retry. A name that does not exist is no such failure. */
export function isTransient({ kind, by }: ProbeError): boolean {
  return by !== "local" && ERROR_KINDS[kind].passes && !(kind === "resolve" && by === "target");
}

/** Says whether this machine ran out of a resource; the failure then says nothing about the target. */
export function isResourceExhaustion({ kind, by }: ProbeError): boolean {
  return by === "local" && kind === "resource";
}

/** Says whether this process was stopped or busy for too long; the failure then says nothing about the target. */
export function isStarvation({ kind, by }: ProbeError): boolean {
  return by === "local" && kind === "timeout";
}

/**
 * Milliseconds to wait before a further try: doubled each time from 250 ms up to 30 s, spread by a quarter so that
 * targets that failed together do not come back together.
 *
 * @param failures Tries that failed so far, from 1
 */
export function retryDelay(failures: number): number {
  return Math.min(FIRST_DELAY * 2 ** (failures - 1), LONGEST_DELAY) * (0.75 + Math.random() / 2);
}
