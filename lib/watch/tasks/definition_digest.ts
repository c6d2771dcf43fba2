/**
 * The digest by which a state tells if its check was defined anew.
 *
 * @module
 */

import type { Entry } from "./entry_reader.ts";

/** Keys that change neither a verdict nor a state. */
const WITHOUT_EFFECT: readonly string[] = [
  "name",
  "tags",
  "interval",
  "on",
  "remind",
  "maintenance",
  "dependsOn",
];

/**
 * Computes a digest of the keys that decide about verdict and state; the order of the keys does not count.
 *
 * @param entry The check with its defaults, as the task file has it: references to secrets are not resolved
 */
export function definitionDigest(entry: Entry): string {
  const keys = Object.keys(entry).filter((key) => !WITHOUT_EFFECT.includes(key)).sort();
  return digest(JSON.stringify(
    keys.map((key) => [key, entry[key]]),
    (_, value: unknown) => typeof value === "function" ? String(value) : value,
  ));
}

/** Computes 64 bits of FNV-1a: to load a cryptographic hash would take longer than to read the task file. */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
