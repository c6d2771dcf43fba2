/**
 * Calls many functions when a signal that they share aborts.
 *
 * @module
 */

const watchers = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * The functions to call when a signal aborts. Thousands of deadlines may share a signal, so it gets a single listener
 * for its lifetime: adding or removing a listener takes time in proportion to the number of listeners.
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
