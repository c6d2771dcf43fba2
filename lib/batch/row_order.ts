/**
 * Gathers rows: as they come, or in the order of the input.
 *
 * @module
 */

/** The place of one input among the rows. */
export interface Slot<R> {
  readonly number: number;
  /** Rows of it that have not come yet. */
  open: number;
  readonly rows: (R | undefined)[];
}

/** Takes rows and gives those whose turn it is. */
export class RowOrder<R> {
  #ordered: boolean;
  readonly #waiting = new Map<number, Slot<R>>();
  #next = 0;
  #numbers = 0;
  #ready: R[] = [];
  readonly #sizeOf: (row: R) => number;
  #readySize = 0;
  #heldSize = 0;

  /**
   * @param ordered False gives every row at once
   * @param sizeOf Gives what a row keeps in memory
   */
  constructor(ordered: boolean, sizeOf: (row: R) => number = () => 0) {
    this.#ordered = ordered;
    this.#sizeOf = sizeOf;
  }

  /** Weight of the rows whose turn it is. */
  get readySize(): number {
    return this.#readySize;
  }

  /** Weight of the rows that wait for others. */
  get heldSize(): number {
    return this.#heldSize;
  }

  /** Rows whose turn it is. */
  get readyCount(): number {
    return this.#ready.length;
  }

  /** Inputs from the first without all its rows to the last one. */
  get span(): number {
    return this.#numbers - this.#next;
  }

  /** A slot for the next input, which has one row until {@linkcode expand} says otherwise. */
  open(): Slot<R> {
    const slot: Slot<R> = { number: this.#numbers++, open: 1, rows: [] };
    if (this.#ordered) this.#waiting.set(slot.number, slot);
    return slot;
  }

  /** Expects `count` rows for an input instead of one. */
  expand(slot: Slot<R>, count: number): void {
    slot.open += count - 1;
    if (slot.open === 0) this.#close();
  }

  /** Takes the row with this place in its slot. */
  add(slot: Slot<R>, place: number, row: R): void {
    slot.open--;
    const size = this.#sizeOf(row);
    if (!this.#ordered) {
      this.#ready.push(row);
      this.#readySize += size;
      return;
    }
    slot.rows[place] = row;
    this.#heldSize += size;
    this.#close();
  }

  /** Gives up waiting for rows that have not come: those that have are next, in order, then any as they come. */
  flush(): void {
    this.#ordered = false;
    for (const { rows } of this.#waiting.values()) {
      this.#ready.push(...rows.filter((row) => row !== undefined));
    }
    this.#waiting.clear();
    this.#readySize += this.#heldSize;
    this.#heldSize = 0;
  }

  /** Takes out the rows whose turn it is. */
  take(): R[] {
    const rows = this.#ready;
    this.#ready = [];
    this.#readySize = 0;
    return rows;
  }

  #close(): void {
    for (let slot = this.#waiting.get(this.#next); slot?.open === 0; slot = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      for (const row of slot.rows) {
        if (row === undefined) continue;
        this.#ready.push(row);
        const size = this.#sizeOf(row);
        this.#readySize += size;
        this.#heldSize -= size;
      }
    }
  }
}
