/**
 * Counts the targets of a list, without making all of them.
 *
 * @module
 */

import { addressesOf } from "./address_range.ts";
import { expandTarget } from "./expand_target.ts";
import { parseJsonTarget } from "./parse_json_target.ts";
import { type Line, readLines } from "./read_lines.ts";
import { isBlank, parsePlainLine, type ReadTargetsOptions, SHOWN } from "./read_targets.ts";
import { isInShard, type Shard } from "./shard.ts";
import { stableId } from "./stable_hash.ts";

/** sonde divides a longer range among the shards by its size, since hashing each address would take seconds. */
const MOST_HASHED = 4_096;

/**
 * Counts the targets that `readTargets` gives for the same list. It reads a large range of addresses at once.
 *
 * @returns Counts of further targets, one for each piece of the list; the last one may lack a newline
 * @throws {EncodingError} As `readTargets` does
 */
export async function* countTargets(
  pieces: AsyncIterable<Uint8Array>,
  options: ReadTargetsOptions = {},
): AsyncGenerator<number, void, void> {
  for await (const lines of readLines(pieces)) {
    yield lines.reduce((sum, line) => sum + countLine(line, options), 0);
  }
}

function countLine(line: Line, options: ReadTargetsOptions): number {
  const text = line.text.trim();
  if (isBlank(text)) return 0;
  try {
    if (line.cut) throw new SyntaxError("The line is too long");
    return text.startsWith("{") ? countJson(text, options) : countPlain(parsePlainLine(text), options);
  } catch {
    // A bad line has a row too.
    return countInShard([{ url: text.slice(0, SHOWN) }], options.shard);
  }
}

function countJson(text: string, options: ReadTargetsOptions): number {
  if (!expands(options) && !options.shard) return 1;
  const { target } = parseJsonTarget(text);
  const id = stableId(text);
  const targets = expandTarget(target.url, options).map((url) => ({ ...target, url, id }));
  return countInShard(targets, options.shard);
}

function countPlain(text: string, options: ReadTargetsOptions): number {
  const { shard } = options;
  const range = addressesOf(text);
  if (range === undefined) return countInShard(expandTarget(text, options).map((url) => ({ url })), shard);
  const [first = ""] = range;
  const each = expandTarget(first, options).length;
  if (!shard) return range.size * each;
  if (range.size * each > MOST_HASHED) return range.size * each / shard.count;
  return countInShard(
    [...range].flatMap((address) => expandTarget(address, options)).map((url) => ({ url })),
    shard,
  );
}

function expands({ ports = [], paths = [] }: ReadTargetsOptions): boolean {
  return ports.length > 0 || paths.length > 0;
}

function countInShard(targets: Parameters<typeof isInShard>[0][], shard: Shard | undefined): number {
  return shard ? targets.filter((target) => isInShard(target, shard)).length : targets.length;
}
