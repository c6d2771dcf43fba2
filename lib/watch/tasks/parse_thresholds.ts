/**
 * Reads the keys of a check that decide when its state changes.
 *
 * @module
 */

import { asWholeNumber, type EntryReader } from "./entry_reader.ts";
import type { Thresholds } from "./task.ts";

/** The least and the most days before a certificate expires. */
const CERTIFICATE_DAYS = [0, 10_000] as const;

/** Reads the thresholds of state changes. */
export function parseThresholds(reader: EntryReader): Thresholds {
  return {
    failures: reader.number("failures", [1, 1000]) ?? 1,
    successes: reader.number("successes", [1, 1000]) ?? 1,
    certificateDays: parseCertificateDays(reader),
    flapping: reader.number("flapping", [0, 100]) ?? 6,
  };
}

/** Reads one number of days or a list of them. */
function parseCertificateDays(reader: EntryReader): readonly number[] {
  const days = reader.read("certificateDays", (value) => {
    const numbers = Array.isArray(value) ? value as unknown[] : [value];
    if (numbers.length > 0) return numbers.map((number) => asWholeNumber(number, CERTIFICATE_DAYS));
    throw new RangeError("the list is empty; 0 warns when a certificate has expired");
  });
  return [...new Set(days ?? [14])].sort((a, b) => b - a);
}
