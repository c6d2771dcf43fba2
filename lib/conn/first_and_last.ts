/**
 * The beginning and the end of what may be long.
 *
 * @module
 */

/** Keeps the first and the last items of many, and counts those between. */
export class FirstAndLast<T> {
  readonly first: T[] = [];
  readonly last: T[] = [];
  /** Items that were left out between the two. */
  leftOut = 0;
  readonly #most: number;

  /** @param most Items to keep of each end */
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
