/**
 * Keeps the beginning and the end of a long list.
 *
 * @module
 */

/** Keeps the first and the last items, and counts those in between. */
export class FirstAndLast<T> {
  readonly first: T[] = [];
  readonly last: T[] = [];
  /** Number of items dropped in between. */
  leftOut = 0;
  readonly #most: number;

  /** @param most Number of items to keep at each end */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes the next item. */
  add(item: T): void {
    if (this.first.length < this.#most) {
      this.first.push(item);
      return;
    }
    this.last.push(item);
    if (this.last.length <= this.#most) return;
    this.last.shift();
    this.leftOut++;
  }
}
