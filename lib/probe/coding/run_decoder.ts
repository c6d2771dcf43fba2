/**
 * Runs a decoder of Node over a content that is there.
 *
 * @module
 */

import type { BrotliDecompress, InflateRaw } from "node:zlib";
import { CodingError } from "./coding_error.ts";
import type { Output } from "./output.ts";

/** Octets that a decoder gives at a time, the work of less than a millisecond: it is done on the thread of the event loop. */
export const STEP = 64 * 1024;

/** Octets that a decoder is given at a time. */
const PIECE = 16 * 1024;

/** The end of a decoder. */
export interface DecoderEnd {
  /** Octets of the input that belong to the coding; only where there is no fault. */
  readonly consumed: number;
  /** The fault of the coding in the words of the decoder, and its code. */
  readonly fault?: { readonly code: string; readonly message: string };
}

/**
 * Decodes octets, piece by piece.
 *
 * @param take Given the decoded octets; not called again before it has settled
 * @param output Gives the event loop its turns
 */
export async function runDecoder(
  decoder: InflateRaw | BrotliDecompress,
  coded: Uint8Array,
  { take, output }: { readonly take: (piece: Uint8Array) => Promise<void>; readonly output: Output },
): Promise<DecoderEnd> {
  const feeding = feed(decoder, coded, output);
  // Awaited below; until then nobody looks at it.
  feeding.catch(() => {});
  try {
    for await (const piece of decoder) await take(piece as Uint8Array);
    await feeding;
    return { consumed: decoder.bytesWritten };
  } catch (error) {
    if (error instanceof CodingError || !(error instanceof Error)) throw error;
    const { code = "", message } = error as Error & { code?: string };
    return { consumed: 0, fault: { code, message } };
  } finally {
    decoder.destroy();
  }
}

async function feed(
  decoder: InflateRaw | BrotliDecompress,
  coded: Uint8Array,
  output: Output,
): Promise<void> {
  for (let at = 0; at < coded.length && !isOver(decoder); at += PIECE) {
    const { promise, resolve } = Promise.withResolvers<void>();
    decoder.once("close", resolve);
    decoder.once("end", resolve);
    decoder.write(coded.subarray(at, at + PIECE), () => resolve());
    await promise;
    decoder.off("close", resolve);
    decoder.off("end", resolve);
    await output.yield();
  }
  if (!isOver(decoder)) decoder.end();
}

/** It wants nothing more: the coding has ended, or is faulty. */
function isOver(decoder: InflateRaw | BrotliDecompress): boolean {
  return decoder.destroyed || decoder.readableEnded;
}
