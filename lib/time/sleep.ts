/**
 * Waits for time to pass.
 *
 * @module
 */

import { callAfter } from "./timer.ts";

/** Waits for a number of milliseconds, or until the signal aborts. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0 || signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const callOff = callAfter(ms, resolve);
  const stop = (): void => resolve();
  signal?.addEventListener("abort", stop);
  await promise;
  callOff();
  signal?.removeEventListener("abort", stop);
}
