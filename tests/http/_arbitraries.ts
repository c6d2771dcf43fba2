/**
 * Random valid messages, and a function that writes them.
 *
 * @module
 */

import fc from "../fast_check.ts";

/** The seed of the normal test run, so that a failure comes again on the next. */
export const SEED = 9112;

/** A valid response. */
export interface Message {
  readonly status: number;
  readonly reason: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly content: string;
  /** Sizes to cut the content into; none for Content-Length. */
  readonly chunks: readonly number[] | undefined;
  readonly trailers: readonly (readonly [string, string])[];
}

const TOKEN = [..."!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const VISIBLE = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i));

function text(units: readonly string[], maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...units), maxLength });
}

/** Text of visible ASCII with blanks inside. */
const line = text([...VISIBLE, " ", "\t"], 30).map((value) => value.replace(/^[ \t]+|[ \t]+$/g, ""));

// A prefix keeps the names clear of those that mean something.
const field = fc.tuple(text(TOKEN, 12).map((name) => `x-${name}`), line);

/** Any octets, one code unit each. */
export const octets: fc.Arbitrary<string> = fc.uint8Array({ maxLength: 60 }).map((bytes) =>
  String.fromCharCode(...bytes)
);

/** A response that needs no end of the stream and bends no rule. */
export const message: fc.Arbitrary<Message> = fc.record({
  status: fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304),
  reason: line,
  fields: fc.array(field, { maxLength: 8 }),
  content: octets,
  chunks: fc.option(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 8 }), { nil: undefined }),
  trailers: fc.array(field, { maxLength: 3 }),
});

/** Writes a message by the rules. */
export function encodeMessage(message: Message, hex = (size: number): string => size.toString(16)): string {
  const { status, reason, fields, content, chunks } = message;
  const lines = (pairs: Message["fields"]): string =>
    pairs.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const head = `HTTP/1.1 ${status} ${reason}\r\n${lines(fields)}`;
  if (!chunks) return `${head}Content-Length: ${content.length}\r\n\r\n${content}`;
  let body = "";
  let at = 0;
  for (const size of [...chunks, content.length]) {
    const data = content.slice(at, at + size);
    if (data !== "") body += `${hex(data.length)}\r\n${data}\r\n`;
    at += data.length;
  }
  return `${head}Transfer-Encoding: chunked\r\n\r\n${body}${hex(0)}\r\n${lines(message.trailers)}\r\n`;
}

/** Cuts octets at random places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...sorted].map((start, i) => bytes.subarray(start, sorted[i] ?? bytes.length));
}
