/**
 * Figures for people.
 *
 * @module
 */

/**
 * Milliseconds with three figures: `0.42 ms`, `12.3 ms`, `457 ms`, `1.25 s`, `83.0 s`, `250 s`.
 *
 * @param ms Milliseconds, zero or more
 */
export function formatMilliseconds(ms: number): string {
  // The limits are those at which rounding would give a fourth figure.
  if (ms < 9.995) return `${ms.toFixed(2)} ms`;
  if (ms < 99.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  return seconds < 99.95 ? `${seconds.toFixed(1)} s` : `${seconds.toFixed(0)} s`;
}

/** A whole number with its thousands set apart: `1,204`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A number with its noun: `1 octet`, `1,204 octets`. */
export function formatQuantity(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
