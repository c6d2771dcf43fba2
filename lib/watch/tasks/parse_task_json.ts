/**
 * Parses a task file in JSON.
 *
 * @module
 */

import { JsonSyntaxError } from "../../expect/json/syntax_error.ts";
import { parseJson } from "../../expect/parse_json.ts";
import { escapeMessage } from "../../text/escape/text.ts";

/**
 * Parses the text of a task file.
 *
 * @throws {SyntaxError} If the text is not JSON; the message is one line with the place of the mistake
 */
export function parseTaskJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SyntaxError(describeMistake(text, error as SyntaxError));
  }
}

function describeMistake(text: string, { message }: SyntaxError): string {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return `${error.message}${adviceFor(text, error)}`;
  }
  return escapeMessage(message);
}

/** Advises on syntax that JavaScript has and JSON lacks. */
function adviceFor(text: string, { line, column }: JsonSyntaxError): string {
  const lines = text.split(/\r\n|[\r\n]/);
  const characters = [...lines[line - 1] ?? ""];
  const rest = characters.slice(column - 1).join("");
  const before = [...lines.slice(0, line - 1), characters.slice(0, column - 1).join("")].join("\n");
  if (/^(?:\/[/*]|#)/.test(rest)) {
    return "; JSON has no comments, but a task file in TypeScript may have them";
  }
  if (rest.startsWith("'")) return '; JSON needs "';
  return /^[\]}]/.test(rest) && /,\s*$/.test(before) ? "; leave out the comma before it" : "";
}
