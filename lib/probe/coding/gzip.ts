/**
 * The coding `gzip` (RFC 1952), one member after the other.
 *
 * @module
 */

import { describeFault } from "./deflate.ts";
import type { Output } from "./output.ts";
import { runDecoder, STEP } from "./run_decoder.ts";

/** Maximum members to read of one content: an empty member takes 20 bytes and a fifth of a millisecond. */
const MOST_MEMBERS = 2_000;

/** Bytes that follow the data of a member: its checksum and its length. */
const TRAILER = 8;

/** Decodes gzip; checksum and length of every member have to match. */
export async function decodeGzip(coded: Uint8Array, output: Output): Promise<void> {
  let at = 0;
  for (let member = 0; at < coded.length || member === 0; member++) {
    if (member > 0 && !isMember(coded, at)) throw output.followed(coded.length - at);
    if (member === MOST_MEMBERS) throw output.error(`has more than ${MOST_MEMBERS} members`);
    at = await decodeMember(coded, at, output);
  }
}

/** The first two bytes of every member. */
function isMember(coded: Uint8Array, at: number): boolean {
  return coded[at] === 0x1f && coded[at + 1] === 0x8b;
}

/** @returns The index after the member */
async function decodeMember(coded: Uint8Array, start: number, output: Output): Promise<number> {
  const { crc32, createInflateRaw } = await import("node:zlib");
  const rest = coded.subarray(skipHeader(coded, start, { output, crc32 }));
  const before = output.bytes;
  let sum = 0;
  const take = (piece: Uint8Array): Promise<void> => {
    sum = crc32(piece, sum);
    return output.take(piece);
  };
  const { consumed, fault } = await runDecoder(createInflateRaw({ chunkSize: STEP }), rest, { take, output });
  if (fault !== undefined) throw describeFault(fault, output);
  if (rest.length < consumed + TRAILER) throw output.truncated();
  const trailer = new DataView(rest.buffer, rest.byteOffset + consumed, TRAILER);
  if (trailer.getUint32(0, true) !== sum) {
    throw output.error(`is corrupt: the checksum does not match the ${output.decoded}`);
  }
  if (trailer.getUint32(4, true) !== (output.bytes - before) % 2 ** 32) {
    throw output.error(`is corrupt: the length at its end does not fit the ${output.decoded}`);
  }
  return rest.byteOffset - coded.byteOffset + consumed + TRAILER;
}

/** @returns The index after the header of a member (RFC 1952 §2.3) */
function skipHeader(
  coded: Uint8Array,
  start: number,
  { output, crc32 }: { output: Output; crc32: (data: Uint8Array) => number },
): number {
  if (coded.length - start >= 2 && !isMember(coded, start)) throw output.error("does not begin like gzip");
  if (coded.length - start < 10) throw output.truncated();
  if (coded[start + 2] !== 8) throw output.error(`has a method that is unknown, ${coded[start + 2]}`);
  const flags = coded[start + 3]!;
  if (flags > 0x1f) throw output.error("is corrupt: reserved flags are set in its header");
  let at = start + 10;
  if (flags & 0x04) at += 2 + (coded[at] ?? 0) + (coded[at + 1] ?? 0) * 256;
  // A zero byte ends the name and the comment.
  for (const flag of [0x08, 0x10]) {
    if (!(flags & flag)) continue;
    const end = coded.indexOf(0, at);
    if (end === -1) throw output.truncated();
    at = end + 1;
  }
  const end = at;
  if (flags & 0x02) at += 2;
  if (at > coded.length) throw output.truncated();
  if (flags & 0x02 && (crc32(coded.subarray(start, end)) & 0xffff) !== coded[end]! + coded[end + 1]! * 256) {
    throw output.error("is corrupt: the checksum of its header does not match");
  }
  return at;
}
