/**
 * Runs a Node decoder over complete content.
 *
 * @module
 */

import type { BrotliDecompress, InflateRaw } from "node:zlib";
import { CodingError } from "./coding_error.ts";
import type { Output } from "./output.ts";

/**
 * Bytes of output for each step, which takes less than a millisecond: decoding runs on the thread of the event loop.
 */
export const STEP = 64 * 1024;

/** Bytes of input for each step. */
const PIECE = 16 * 1024;

/** The end of decoding. */
export interface DecoderEnd {
  /** Bytes of the input that belong to the coding; absent with a fault. */
  readonly consumed: number;
  /** The fault in the words of the decoder, and its code. */
  readonly fault?: { readonly code: string; readonly message: string };
}

/**
 * Decodes bytes piece by piece.
 *
 * @param take Receives the decoded bytes; not called again before it has settled
 * @param output Lets the event loop run
 */
export async function runDecoder(
  decoder: InflateRaw | BrotliDecompress,
  coded: Uint8Array,
  { take, output }: { readonly take: (piece: Uint8Array) => Promise<void>; readonly output: Output },
): Promise<DecoderEnd> {
  const feeding = feed(decoder, coded, output);
  // Awaited below; until then nobody observes it.
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

/** The decoder accepts no more input: the coding has ended, or is faulty. */
function isOver(decoder: InflateRaw | BrotliDecompress): boolean {
  return decoder.destroyed || decoder.readableEnded;
}
