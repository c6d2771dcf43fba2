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
  #turn: R[] = [];
  readonly #weigh: (row: R) => number;
  #turnWeight = 0;
  #waitingWeight = 0;

  /**
   * @param ordered False gives every row at once
   * @param weigh What a row weighs
   */
  constructor(ordered: boolean, weigh: (row: R) => number = () => 0) {
    this.#ordered = ordered;
    this.#weigh = weigh;
  }

  /** Weight of the rows whose turn it is. */
  get weight(): number {
    return this.#turnWeight;
  }

  /** Weight of the rows that wait for others. */
  get waitingWeight(): number {
    return this.#waitingWeight;
  }

  /** Rows whose turn it is. */
  get length(): number {
    return this.#turn.length;
  }

  /** Inputs from the first without all its rows to the last one. */
  get span(): number {
    return this.#numbers - this.#next;
  }

  /** A slot for the next input, which has one row until {@linkcode widen} says otherwise. */
  open(): Slot<R> {
    const slot: Slot<R> = { number: this.#numbers++, open: 1, rows: [] };
    if (this.#ordered) this.#waiting.set(slot.number, slot);
    return slot;
  }

  /** Says that an input turned out to have `count` rows instead of one. */
  widen(slot: Slot<R>, count: number): void {
    slot.open += count - 1;
    if (slot.open === 0) this.#close();
  }

  /** Takes the row with this place in its slot. */
  add(slot: Slot<R>, place: number, row: R): void {
    slot.open--;
    const weight = this.#weigh(row);
    if (!this.#ordered) {
      this.#turn.push(row);
      this.#turnWeight += weight;
      return;
    }
    slot.rows[place] = row;
    this.#waitingWeight += weight;
    this.#close();
  }

  /** Gives up waiting for rows that have not come: those that have are next, in order, then any as they come. */
  flush(): void {
    this.#ordered = false;
    for (const { rows } of this.#waiting.values()) {
      this.#turn.push(...rows.filter((row) => row !== undefined));
    }
    this.#waiting.clear();
    this.#turnWeight += this.#waitingWeight;
    this.#waitingWeight = 0;
  }

  /** Takes out the rows whose turn it is. */
  take(): R[] {
    const rows = this.#turn;
    this.#turn = [];
    this.#turnWeight = 0;
    return rows;
  }

  #close(): void {
    for (let slot = this.#waiting.get(this.#next); slot?.open === 0; slot = this.#waiting.get(this.#next)) {
      this.#waiting.delete(this.#next++);
      for (const row of slot.rows) {
        if (row === undefined) continue;
        this.#turn.push(row);
        const weight = this.#weigh(row);
        this.#turnWeight += weight;
        this.#waitingWeight -= weight;
      }
    }
  }
}
