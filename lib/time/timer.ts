/**
 * A timer that costs nothing to load. The first `setTimeout()` of a process makes Deno load Node's timers, which takes
 * as long as several probes of a nearby server.
 *
 * @module
 */

/**
 * Longest time in milliseconds that a timer of the system can wait, 24 days and 20 hours: it counts in 31 bits, fires
 * immediately if the time is longer, and refuses `Infinity`.
 */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Calls a function once after a delay, unless the caller cancels it first. The process stays alive until then.
 *
 * @param ms Delay in milliseconds, rounded up to whole ones; with `Infinity` the call never happens
 * @returns A function that cancels the call
 *
 * @example Usage
 * ```ts
 * import { callAfter } from "./timer.ts";
 * import assert from "node:assert/strict";
 *
 * const calls: string[] = [];
 * const { promise, resolve } = Promise.withResolvers<void>();
 * const cancel = callAfter(1, () => calls.push("cancelled"));
 * callAfter(2, () => calls.push("first"));
 * callAfter(10, resolve);
 * cancel();
 * await promise;
 * assert.deepEqual(calls, ["first"]);
 * ```
 */
export function callAfter(ms: number, call: () => void): () => void {
  if (ms > LONGEST_TIMER) {
    let callOff = callAfter(LONGEST_TIMER, () => callOff = callAfter(ms - LONGEST_TIMER, call));
    return () => callOff();
  }
  const signal = AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
  const listener = (): void => call();
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}
