/**
 * Keeps the rows of the table within a bound.
 *
 * @module
 */

/** Most rows of the table: a browser shows and sorts them without delay, and with usual URLs the page stays below 5 MB. */
export const MOST_ROWS = 5_000;

/** A row of the table. */
export interface KeptRow {
  /** Number of the row in the run, from 1. */
  readonly number: number;
  /** Its markup. */
  readonly html: string;
}

/**
 * Keeps at most {@linkcode MOST_ROWS} rows. If there are more, rows that are not ok take the place of rows that are ok, and
 * otherwise the first ones stay.
 */
export class RowStore {
  /** Number of rows that wanted a place and are ok. */
  ok = 0;
  /** Number of rows that wanted a place and are not ok. */
  notOk = 0;
  readonly #most: number;
  readonly #notOk: KeptRow[] = [];
  readonly #ok: KeptRow[] = [];

  constructor(most = MOST_ROWS) {
    this.#most = most;
  }

  /** Adds a row; `render` gives its markup if the row has a place. */
  add(number: number, ok: boolean, render: () => string): void {
    if (ok) this.ok++;
    else this.notOk++;
    const rows = ok ? this.#ok : this.#notOk;
    if (this.#notOk.length + (ok ? this.#ok.length : 0) >= this.#most) return;
    rows.push({ number, html: render() });
    if (this.#notOk.length + this.#ok.length > this.#most) this.#ok.pop();
  }

  /** Gives the kept rows in the order of the run. */
  rows(): KeptRow[] {
    return [...this.#notOk, ...this.#ok].sort((one, other) => one.number - other.number);
  }
}
