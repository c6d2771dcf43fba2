/**
 * The error of a text that is not JSON.
 *
 * @module
 */

/** A text is not JSON; the message says where, and what is expected there. */
export class JsonSyntaxError extends SyntaxError {
  /** From 1. */
  readonly line: number;
  /** Characters from the beginning of the line, from 1. */
  readonly column: number;

  /**
   * @param text The whole text
   * @param at Index of the mistake; the end of the text if something is missing there
   * @param expected A description of what JSON has at that place
   * @param found A description of the mistake
   */
  constructor(text: string, at: number, expected: string, found: string = describePlace(text, at)) {
    const { line, column } = placeOf(text, at);
    super(`line ${line}, column ${column}: ${found} where ${expected} is expected`);
    this.name = "JsonSyntaxError";
    this.line = line;
    this.column = column;
  }
}

function describePlace(text: string, at: number): string {
  if (at >= text.length) return "the text ends";
  return `${JSON.stringify(String.fromCodePoint(text.codePointAt(at)!))} stands`;
}

/** Computes line and column of an index, both from 1. */
function placeOf(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let index = 0; index < at; index++) {
    const unit = text.charCodeAt(index);
    if (unit !== 0x0a && (unit !== 0x0d || text.charCodeAt(index + 1) === 0x0a)) continue;
    line++;
    start = index + 1;
  }
  let column = 1;
  for (let index = start; index < at; column++) index += text.codePointAt(index)! > 0xffff ? 2 : 1;
  return { line, column };
}
