/**
 * The coding `br` (RFC 7932).
 *
 * @module
 */

import { refuseRest } from "./deflate.ts";
import type { Output } from "./output.ts";
import { runDecoder, STEP } from "./run_decoder.ts";

/**
 * Bytes to append to the content. The decoder does not report an input that ends too early, but it would consume them.
 */
const MARK = 16;

/** Decodes br. */
export async function decodeBrotli(coded: Uint8Array, output: Output): Promise<void> {
  const { createBrotliDecompress } = await import("node:zlib");
  const marked = new Uint8Array(coded.length + MARK);
  marked.set(coded);
  const decoder = createBrotliDecompress({ chunkSize: STEP });
  const { consumed, fault } = await runDecoder(decoder, marked, {
    take: (piece) => output.take(piece),
    output,
  });
  if (fault !== undefined) {
    // The decoder cannot distinguish one from the other.
    if (output.partial) throw output.truncated();
    throw output.error(`is corrupt or truncated after ${output.decoded}`);
  }
  if (consumed > coded.length) throw output.truncated();
  refuseRest({ consumed }, coded, output);
}
