/** An expectation has a mistake; the message has its column. */
export class ExpectationSyntaxError extends SyntaxError {
  /** Name of the class. */
  override readonly name = "ExpectationSyntaxError";
  /** Column of the mistake from 1, in UTF-16 code units. */
  readonly column: number;

  /**
   * Makes the error of a mistake.
   *
   * @param text The whole expectation
   * @param index Index of the mistake, from 0
   */
  constructor(text: string, index: number, cause: string) {
    super(`Cannot parse expectation "${text}": at column ${index + 1}, ${cause}`);
    this.column = index + 1;
  }
}

/** An expectation is about a fact that does not exist, at least not here. */
export class UnknownFactError extends ExpectationSyntaxError {}
