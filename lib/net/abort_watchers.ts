/**
 * Functions that are called when a signal aborts, for many that have the same one.
 *
 * @module
 */

const watchers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * The functions to call when a signal aborts. Thousands of deadlines may share a signal, which therefore gets one listener in
 * its life: adding and removing one for each takes time in proportion to their number.
 */
export function watchersOf(signal: AbortSignal): Set<() => void> {
  let called = watchers.get(signal);
  if (called === undefined) {
    const all = called = new Set<() => void>();
    watchers.set(signal, all);
    signal.addEventListener("abort", () => [...all].forEach((call) => call()), { once: true });
  }
  return called;
}
