/**
 * Collects rows and gives them out as they come or in the order of the input.
 *
 * @module
 */

/** Maximum number of rows that wait for the consumer; at this number, no new job starts. */
const MOST_UNREAD = 1_024;
/** The same limit in bytes, for rows that wait for the consumer or for older rows. */
const MOST_OCTETS = 1 << 26;

/** The place of one input among the rows. */
export interface Slot<R> {
  readonly number: number;
  /** Number of its rows that have not come yet. */
  open: number;
  readonly rows: (R | undefined)[];
}

/** Takes rows and gives out those whose turn has come. */
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
   * @param ordered False gives out every row immediately
   * @param sizeOf Tells how many bytes a row keeps in memory
   */
  constructor(ordered: boolean, sizeOf: (row: R) => number = () => 0) {
    this.#ordered = ordered;
    this.#sizeOf = sizeOf;
  }

  /** Bytes of the rows whose turn has come. */
  get readySize(): number {
    return this.#readySize;
  }

  /** Bytes of the rows that wait for others. */
  get heldSize(): number {
    return this.#heldSize;
  }

  /** Number of rows whose turn has come. */
  get readyCount(): number {
    return this.#ready.length;
  }

  /** Tells whether another job may start while `active` jobs run. */
  hasRoom(active: number): boolean {
    if (this.readyCount >= MOST_UNREAD || this.readySize >= MOST_OCTETS) return false;
    // The row that others wait for may belong to a job that has not started.
    return this.heldSize < MOST_OCTETS || active === 0;
  }

  /** Number of inputs from the first incomplete one to the last one. */
  get span(): number {
    return this.#numbers - this.#next;
  }

  /** Adds a slot for the next input. It expects one row until {@linkcode expand} changes that. */
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

  /** Takes the row at this place in its slot. */
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

  /** Stops waiting for missing rows: the rows present follow in order, then any others as they come. */
  flush(): void {
    this.#ordered = false;
    for (const { rows } of this.#waiting.values()) {
      this.#ready.push(...rows.filter((row) => row !== undefined));
    }
    this.#waiting.clear();
    this.#readySize += this.#heldSize;
    this.#heldSize = 0;
  }

  /** Removes and returns the rows whose turn has come. */
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
