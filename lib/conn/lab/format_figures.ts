/**
 * Formats figures for summaries.
 *
 * @module
 */

/** Milliseconds for people: `3.2 ms`, `250 ms`, `5.01 s`. */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
  return `${Number((ms / 1000).toFixed(2))} s`;
}

/** `1 request`, `3 requests`. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
