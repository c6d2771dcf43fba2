/** An expectation cannot be read, and where. */
export class ExpectationSyntaxError extends SyntaxError {
  /** Tells it from other syntax errors. */
  override readonly name = "ExpectationSyntaxError";
  /** From 1, counted in UTF-16 code units. */
  readonly column: number;

  /**
   * Makes the error; its message has the expectation and the column.
   *
   * @param text The whole expectation.
   * @param index Where it goes wrong, from 0.
   */
  constructor(text: string, index: number, cause: string) {
    super(`Cannot parse expectation "${text}": at column ${index + 1}, ${cause}`);
    this.column = index + 1;
  }
}
