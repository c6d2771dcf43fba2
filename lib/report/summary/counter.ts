/**
 * Counts by name.
 *
 * @module
 */

/** Numbers by name, the largest first. */
export type Tally = readonly (readonly [name: string, count: number])[];

/** Counts names. It grows with the number of them, so they have to come from a closed list. */
export class Counter {
  readonly #counts = new Map<string, number>();

  /** Counts a name once more. */
  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** The counts so far, the largest first; equal counts are in the order of their names. */
  sorted(): Tally {
    return [...this.#counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }
}
