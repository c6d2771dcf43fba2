/**
 * Parses a task file in JSON.
 *
 * @module
 */

import { JsonSyntaxError } from "../../expect/json/syntax_error.ts";
import { checkUniqueNames } from "../../expect/parse_json.ts";
import { escapeMessage } from "../../text/escape/text.ts";

/**
 * Parses the text of a task file.
 *
 * @param path Path of the file, whose ending may be the mistake
 * @throws {SyntaxError} If the text is not JSON, or if a key stands twice in one object: `JSON.parse` would drop the
 * first one, which may be an expectation. The message is one line with the place of the mistake
 */
export function parseTaskJson(text: string, path: string): unknown {
  let value: unknown;
  let prefix = "";
  try {
    value = JSON.parse(text);
  } catch {
    prefix = path.endsWith(".json")
      ? "it is not JSON: "
      : "it is not JSON, nor a module by its name (.ts, .js): ";
  }
  try {
    // If the text is not JSON, this knows the place.
    checkUniqueNames(text);
    return value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new SyntaxError(escapeMessage(`${prefix}${error.message}${adviceFor(text, error)}`));
  }
}

/** Matches the beginning of a host with a dot, of a host with a port, or of a URL. */
const TARGET = /^(?:https?:\/\/|[\w-]+(?:\.[\w-]+)+(?![\w(])|[\w-]+:\d)/i;

/** Advises on syntax that JavaScript has and JSON lacks. */
function adviceFor(text: string, { line, column }: JsonSyntaxError): string {
  const lines = text.split(/\r\n|[\r\n]/);
  const characters = [...lines[line - 1] ?? ""];
  const rest = characters.slice(column - 1).join("");
  const before = [...lines.slice(0, line - 1), characters.slice(0, column - 1).join("")].join("\n");
  if (/^(?:\/[/*]|#)/.test(rest)) {
    return "; JSON has no comments, but a task file in TypeScript may have them";
  }
  if (TARGET.test(text.trimStart())) {
    return '; a task file is a list of checks, as in [{ "url": "https://example.com/" }]; for a list of hosts write sonde batch';
  }
  if (rest.startsWith("'")) return '; JSON needs "';
  return /^[\]}]/.test(rest) && /,\s*$/.test(before) ? "; leave out the comma before it" : "";
}
