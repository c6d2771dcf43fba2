/**
 * Hashes text with the same result on every machine and in every version.
 *
 * @module
 */

const PRIME = 0x01000193;

/** FNV-1a over the bytes in UTF-8, with the finalizer of MurmurHash3, so that every bit depends on every byte. */
function hash32(octets: Uint8Array, seed: number): number {
  let hash = seed;
  for (const octet of octets) hash = Math.imul(hash ^ octet, PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Computes a hash as a number from 0 to 2³² − 1. */
export function stableHash(text: string): number {
  return hash32(new TextEncoder().encode(text), 0x811c9dc5);
}

/** Computes a hash as 16 hexadecimal digits: two of a million texts collide with a probability of 1 in 37 million. */
export function stableId(text: string): string {
  const octets = new TextEncoder().encode(text);
  return [0x811c9dc5, 0x9e3779b9].map((seed) => hash32(octets, seed).toString(16).padStart(8, "0")).join("");
}
