/**
 * Queues items by the time at which they are due.
 *
 * @module
 */

/** A min-heap of items by due time. */
export class DueQueue<T> {
  readonly #heap: { readonly due: number; readonly item: T }[] = [];

  /** Number of waiting items. */
  get length(): number {
    return this.#heap.length;
  }

  /** Due time of the first item; `Infinity` if the queue is empty. */
  get firstDue(): number {
    return this.#heap[0]?.due ?? Infinity;
  }

  /** Adds an item. */
  push(due: number, item: T): void {
    const heap = this.#heap;
    let at = heap.push({ due, item }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.due <= due) break;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  /** Removes and returns the first item that is due by `now`. */
  shift(now: number): T | undefined {
    const heap = this.#heap;
    if (this.firstDue > now) return undefined;
    const { item } = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return item;
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && heap[child]!.due < heap[least]!.due) least = child;
      }
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}
