/**
 * Counts by name.
 *
 * @module
 */

/** Counts by name, the largest first. */
export type Tally = readonly (readonly [name: string, count: number])[];

/**
 * Counts names. Its memory grows with the number of different names, so they must come from a closed list.
 */
export class Counter {
  readonly #counts = new Map<string, number>();

  /** Adds one to the count of a name. */
  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** The counts so far, the largest first; equal counts are in the order of their names. */
  sorted(): Tally {
    return [...this.#counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }
}
