/**
 * Divides a list among several machines.
 *
 * @module
 */

import { type BatchInput, readInput } from "./batch_target.ts";
import { stableHash } from "./stable_hash.ts";

/** One of `count` parts. */
export interface Shard {
  /** From 0 to `count`; 0 and `count` are the same part, so you may count from 0 or from 1. */
  readonly index: number;
  /** Number of parts, at least 1. */
  readonly count: number;
}

/**
 * Tells whether an input belongs to a shard, by a hash of its text. It belongs to exactly one shard, whatever else the
 * list contains and whichever machine reads it.
 *
 * @example Usage
 * ```ts
 * import { isInShard } from "https://deno.land/x/sonde/lib/batch.ts";
 * import assert from "node:assert/strict";
 *
 * const shards = [1, 2, 3].filter((index) => isInShard("http://example.org/", { index, count: 3 }));
 * assert.equal(shards.length, 1);
 * ```
 */
export function isInShard(input: BatchInput, { index, count }: Shard): boolean {
  return stableHash(identify(input)) % count === index % count;
}

/** Gives the text that distinguishes an input from others. */
export function identify(input: BatchInput): string {
  const source = readInput(input);
  if ("problem" in source) return source.input;
  const { id, url, address } = source;
  return id === undefined && address === undefined ? url : `${url}\n${address ?? ""}\n${id ?? ""}`;
}
