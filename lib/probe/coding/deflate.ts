/**
 * The coding `deflate`: zlib (RFC 1950), or deflate without it (RFC 1951), which some servers send under this name.
 *
 * @module
 */

import { type DecoderEnd, runDecoder, STEP } from "./run_decoder.ts";
import type { Output } from "./output.ts";

/** Decodes deflate with or without the header and checksum of zlib, as browsers do. */
export async function decodeDeflate(coded: Uint8Array, output: Output): Promise<void> {
  const { createInflate, createInflateRaw } = await import("node:zlib");
  const create = hasZlibHeader(coded) ? createInflate : createInflateRaw;
  const decoder = create({ chunkSize: STEP });
  refuseRest(
    await runDecoder(decoder, coded, { take: (piece) => output.take(piece), output }),
    coded,
    output,
  );
}

/** RFC 1950 §2.2: method 8, and a check in the second byte. No deflate block begins like that. */
function hasZlibHeader([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
}

/**
 * Refuses content that is incomplete, or that something follows.
 *
 * @throws {CodingError}
 */
export function refuseRest({ consumed, fault }: DecoderEnd, coded: Uint8Array, output: Output): void {
  if (fault !== undefined) throw describeFault(fault, output);
  if (consumed < coded.length) throw output.followed(coded.length - consumed);
}

/** Explains the fault of a deflate stream. */
export function describeFault({ code, message }: NonNullable<DecoderEnd["fault"]>, output: Output): Error {
  return code === "Z_BUF_ERROR"
    ? output.truncated()
    : output.error(`is corrupt after ${output.decoded}: ${message}`);
}
