/**
 * Undoes the codings of a content: gzip, deflate and br.
 *
 * @module
 */

import type { ContentCoding } from "../result.ts";
import { decodeBrotli } from "./coding/brotli.ts";
import { CodingError } from "./coding/coding_error.ts";
import { decodeDeflate } from "./coding/deflate.ts";
import { decodeGzip } from "./coding/gzip.ts";
import { Output } from "./coding/output.ts";

/** Undoes one coding. Throws a {@linkcode CodingError} where the octets are not coded in this way. */
type Decode = (coded: Uint8Array, output: Output) => Promise<void>;

/** RFC 9110 §8.4.1; `x-gzip` is the same as `gzip`. */
const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ["gzip", decodeGzip],
  ["x-gzip", decodeGzip],
  ["deflate", decodeDeflate],
  ["br", decodeBrotli],
]);

/** Codings of one content that are undone. Nobody needs more than two; each costs time again, and a peer decides. */
const MOST_CODINGS = 5;

/** Octets after decoding, whatever the limit: a string of JavaScript holds little more. */
const MOST_TEXT = 500_000_000;

/** Characters of the name of an unknown coding that are shown. */
const LONGEST_NAME = 40;

/** The outcome of decoding: the content, or the error. */
export type DecodedContent = { readonly content: Uint8Array<ArrayBuffer> } | { readonly error: string };

/** Settles once the content before is decoded: many at a time would keep the event loop from its turns. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Undoes codings, the last one first, of one content at a time: transfer codings were applied after those of the content.
 *
 * @param pieces The coded octets
 * @param options `maxBody`: octets that the content, and every stage before it, may have; `partial`: not all of the content
 * was read, and not because the peer ended it
 */
export function decodeContent(
  pieces: readonly Uint8Array[],
  coding: Pick<ContentCoding, "names" | "transfer">,
  options: { readonly maxBody: number; readonly partial?: boolean },
): Promise<DecodedContent> {
  const decoded = last.then(() => decode(pieces, coding, options));
  // The caller gets the error; the content must not be kept here.
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
  // Servers put the field on answers without content, too.
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
