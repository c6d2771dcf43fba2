/**
 * Why a history cannot be used.
 *
 * @module
 */

/** What SQLite says of a file that another process holds; not all errors have its code. */
const BUSY = /^database is locked/;

/** A history cannot be opened or written. */
export class HistoryError extends Error {
  /** Name of the class. */
  override readonly name = "HistoryError";

  /** Another process held it for too long: the next time may be better. */
  get busy(): boolean {
    return this.cause instanceof Error && BUSY.test(this.cause.message);
  }
}
