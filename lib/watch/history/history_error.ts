/**
 * The error of a history that cannot be used.
 *
 * @module
 */

/** The message of SQLite if another process holds the file. Not all of its errors have a code. */
const BUSY = /^database is locked/;

/** A history cannot be opened or written. */
export class HistoryError extends Error {
  /** Name of the class. */
  override readonly name = "HistoryError";

  /** Tells if another process held the file for too long; a later attempt may succeed. */
  get busy(): boolean {
    return this.cause instanceof Error && BUSY.test(this.cause.message);
  }
}
