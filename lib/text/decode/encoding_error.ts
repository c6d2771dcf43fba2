/** Octets are no text that can be read; the message says of what encoding they are, or which octet of which line is wrong. */
export class EncodingError extends SyntaxError {
  override readonly name = "EncodingError";
}
