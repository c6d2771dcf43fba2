/**
 * Decodes the codings of content: gzip, deflate and br.
 *
 * @module
 */

import type { ContentCoding } from "../result.ts";
import { decodeBrotli } from "./coding/brotli.ts";
import { CodingError } from "./coding/coding_error.ts";
import { decodeDeflate } from "./coding/deflate.ts";
import { decodeGzip } from "./coding/gzip.ts";
import { Output } from "./coding/output.ts";

/** Decodes one coding. Throws a {@linkcode CodingError} if the octets do not have this coding. */
type Decode = (coded: Uint8Array, output: Output) => Promise<void>;

/** RFC 9110 §8.4.1: `x-gzip` is the same as `gzip`. */
const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ["gzip", decodeGzip],
  ["x-gzip", decodeGzip],
  ["deflate", decodeDeflate],
  ["br", decodeBrotli],
]);

/**
 * Maximum codings of one content to decode. Nobody needs more than two; each costs time, and a peer chooses the number.
 */
const MOST_CODINGS = 5;

/** Maximum bytes after decoding, whatever the limit: a JavaScript string holds little more. */
const MOST_TEXT = 500_000_000;

/** Maximum characters shown of an unknown coding's name. */
const LONGEST_NAME = 40;

/** The outcome of decoding: the content, or the error. */
export type DecodedContent = { readonly content: Uint8Array<ArrayBuffer> } | { readonly error: string };

/** Settles when the previous content is decoded: decoding several at a time would block the event loop. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Decodes the codings of one content at a time, the last coding first; transfer codings were applied after content
 * codings.
 *
 * @param pieces The coded octets
 * @param options `maxBody`: maximum bytes of the content and of every stage before it; `partial`: the content was not
 * read to its end, and the peer did not end it
 */
export function decodeContent(
  pieces: readonly Uint8Array[],
  coding: Pick<ContentCoding, "names" | "transfer">,
  options: { readonly maxBody: number; readonly partial?: boolean },
): Promise<DecodedContent> {
  const decoded = last.then(() => decode(pieces, coding, options));
  // The caller gets the error; the content must not stay in memory here.
  const over = (): void => {};
  last = decoded.then(over, over);
  return decoded;
}

async function decode(
  pieces: readonly Uint8Array[],
  { names, transfer = [] }: Pick<ContentCoding, "names" | "transfer">,
  options: { readonly maxBody: number; readonly partial?: boolean },
): Promise<DecodedContent> {
  let content = join(pieces);
  const codings = [...names, ...transfer];
  const unknown = codings.find((name) => !DECODERS.has(name));
  if (unknown !== undefined) {
    const name = unknown.length > LONGEST_NAME ? `${unknown.slice(0, LONGEST_NAME)}…` : unknown;
    return { error: `its coding is ${JSON.stringify(name)}, and only gzip, deflate and br can be undone` };
  }
  if (codings.length > MOST_CODINGS) {
    return {
      error: `it has ${codings.length} codings one over the other, and at most ${MOST_CODINGS} are undone`,
    };
  }
  const codedBytes = content.length;
  const maxBody = Math.min(options.maxBody, MOST_TEXT);
  // Servers also put the field on answers without content.
  if (codedBytes === 0) return { content };
  try {
    for (const name of codings.toReversed()) {
      const output = new Output({ ...options, name, codedBytes, maxBody });
      await DECODERS.get(name)!(content, output);
      content = join(output.pieces);
    }
  } catch (error) {
    if (!(error instanceof CodingError)) throw error;
    return { error: error.message };
  }
  return { content };
}

function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
