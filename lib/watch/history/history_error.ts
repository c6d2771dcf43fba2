/** A history cannot be opened or written. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}
