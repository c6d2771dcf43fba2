/**
 * Parses the path of a fact: names, quotes and indexes.
 *
 * @module
 */

import { ExpectationSyntaxError } from "./syntax_error.ts";

/** The step to every element of a list, written `[*]`. */
export const EVERY = Symbol("every element");

/** One step of a path, and its place in the text. */
export interface Step {
  /** A name, an index (a negative one counts from the end), or every element. */
  readonly name: string | number | typeof EVERY;
  /** Index in the text, from 0. */
  readonly at: number;
}

const NAME = /[\w$@-]+/y;
const INDEX = /\[\s*(-?\d{1,9})\s*\]/y;
const ANY = /\[\s*\*\s*\]/y;
const QUOTED = /\[\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\]/y;

/**
 * Parses a path: `json.items[0].id`, `header["x.y"]`, `json.items[*].state`.
 *
 * @param text The whole expectation
 * @param start Index where the path begins
 * @returns The steps, and the index behind the path
 * @throws {ExpectationSyntaxError} If a name is missing
 */
export function parsePath(text: string, start: number): { steps: readonly Step[]; end: number } {
  const first = match(NAME, text, start);
  if (first === undefined) throw new ExpectationSyntaxError(text, start, "the name of a fact is missing");
  const steps: Step[] = [{ name: first[0], at: start }];
  let at = start + first[0].length;
  while (text[at] === "." || text[at] === "[") {
    const { step, end } = text[at] === "." ? parseName(text, at + 1) : parseBracket(text, at);
    steps.push(step);
    at = end;
  }
  return { steps, end: at };
}

function parseName(text: string, at: number): { step: Step; end: number } {
  const name = match(NAME, text, at);
  if (name === undefined) throw new ExpectationSyntaxError(text, at, "a name is missing after the dot");
  return { step: { name: name[0], at }, end: at + name[0].length };
}

function parseBracket(text: string, at: number): { step: Step; end: number } {
  const index = match(INDEX, text, at);
  if (index !== undefined) return { step: { name: Number(index[1]), at }, end: at + index[0].length };
  const any = match(ANY, text, at);
  if (any !== undefined) return { step: { name: EVERY, at }, end: at + any[0].length };
  const quoted = match(QUOTED, text, at);
  if (quoted !== undefined) {
    return { step: { name: unquote(text, at, quoted[1]!), at }, end: at + quoted[0].length };
  }
  throw new ExpectationSyntaxError(text, at, 'write [0], [-1], [*] or ["name"]');
}

/**
 * Removes the quotes of a text and decodes the escapes of JSON. Between single quotes, a double quote needs no backslash.
 *
 * @param text The whole expectation
 * @param at Index where the quoted text begins
 * @throws {ExpectationSyntaxError} If JSON has no such escape
 */
export function unquote(text: string, at: number, quoted: string): string {
  const inner = quoted.slice(1, -1);
  const json = quoted.startsWith("'") ? inner.replaceAll("\\'", "'").replaceAll(/(?<!\\)"/g, '\\"') : inner;
  try {
    return JSON.parse(`"${json}"`) as string;
  } catch {
    throw new ExpectationSyntaxError(
      text,
      at,
      "the quoted text has an unknown escape; write \\\\ for a backslash",
    );
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
