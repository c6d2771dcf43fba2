/**
 * Reads the keys of a check that decide when its state changes.
 *
 * @module
 */

import type { EntryReader } from "./entry_reader.ts";
import type { Thresholds } from "./task.ts";

/** Reads the thresholds of state changes. */
export function parseThresholds(reader: EntryReader): Thresholds {
  return {
    failures: reader.number("failures", [1, 1000]) ?? 1,
    successes: reader.number("successes", [1, 1000]) ?? 1,
    certificateDays: reader.number("certificateDays", [0, 10_000]) ?? 14,
  };
}
