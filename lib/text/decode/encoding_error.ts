/**
 * The bytes of a file are not readable text. The message names their encoding, or the wrong byte and its
 * line.
 */
export class EncodingError extends SyntaxError {
  override readonly name = "EncodingError";
}
