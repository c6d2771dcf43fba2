/**
 * Parses JSON (RFC 8259), keeps numbers as they are written, and says where a text is not JSON.
 *
 * @module
 */

import { callAfter } from "../time/timer.ts";
import { JsonParser, PAUSED } from "./json/parser.ts";

/** Number of values that take a few milliseconds to parse. */
const VALUES_OF_A_TURN = 10_000;

/**
 * Parses a JSON text as `JSON.parse` does, except that a number which JavaScript would write differently becomes a
 * `WrittenNumber`. If members have the same name, the last one counts.
 *
 * @throws {JsonSyntaxError} If the text is not JSON; the message has line and column
 *
 * @example Usage
 * ```ts
 * import { parseJson } from "./parse_json.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseJson('{"a":[1,"b"]}'), { a: [1, "b"] });
 * assert.equal(JSON.stringify(parseJson("[9007199254740993]")), "[9007199254740993]");
 * ```
 */
export function parseJson(text: string): unknown {
  return new JsonParser(text).parse(Infinity);
}

/**
 * Checks that a text is JSON in which no object has two members of the same name.
 *
 * @throws {JsonSyntaxError} If it is not; the message has line and column
 */
export function checkUniqueNames(text: string): void {
  new JsonParser(text, { unique: true }).parse(Infinity);
}

/**
 * Parses a JSON text as {@linkcode parseJson} does, and gives the event loop a turn every few milliseconds: a peer can
 * send megabytes of JSON, and other probes cannot wait for that.
 *
 * @throws {JsonSyntaxError} If the text is not JSON; the message has line and column
 */
export async function parseJsonInTurns(text: string): Promise<unknown> {
  const parser = new JsonParser(text);
  for (;;) {
    const value = parser.parse(VALUES_OF_A_TURN);
    if (value !== PAUSED) return value;
    await new Promise<void>((resolve) => callAfter(0, resolve));
  }
}
