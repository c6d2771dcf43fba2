/**
 * Reads sizes as people write them: `512`, `64KiB`, `10MB`.
 *
 * @module
 */

/** Octets of each unit, in lower case: powers of 1,024 with `i`, of 1,000 without (IEC 80000-13). */
const SIZE_UNITS: ReadonlyMap<string, number> = new Map([
  ["", 1],
  ["b", 1],
  ["kb", 1e3],
  ["mb", 1e6],
  ["gb", 1e9],
  ["tb", 1e12],
  ["kib", 2 ** 10],
  ["mib", 2 ** 20],
  ["gib", 2 ** 30],
  ["tib", 2 ** 40],
]);

/** In floating point, 1.005MB gives 1,004,999.9999999999 octets, although it means a whole number. */
const ROUNDING_ERROR = 1e-3;
const SIZE = /^(\d+(?:\.\d+)?) ?([A-Za-z]*)$/;

/**
 * Reads a size: `512`, `512B`, `10MB` (1,000 × 1,000), `64KiB` (64 × 1,024). The case of the unit does not matter.
 *
 * @param text The size; one blank before the unit is allowed.
 * @returns Octets, a whole number.
 * @throws {SyntaxError} If the text is not a size.
 * @throws {RangeError} If it is no whole number of octets, or not exactly representable.
 *
 * @example Usage
 * ```ts
 * import { parseSize } from "https://deno.land/x/sonde/lib/report.ts";
 *
 * if (parseSize("64KiB") !== 65_536) throw new Error("64KiB are 65,536 octets");
 * ```
 */
export function parseSize(text: string): number {
  const [, amount, unit = ""] = SIZE.exec(text) ?? [];
  const factor = SIZE_UNITS.get(unit.toLowerCase());
  if (amount === undefined || factor === undefined) {
    throw new SyntaxError(
      `Cannot parse size "${text}": write octets with B, KB, MB, KiB, MiB or GiB, as in 64KiB`,
    );
  }
  const exact = Number(amount) * factor;
  const octets = Math.round(exact);
  if (!Number.isSafeInteger(octets) || Math.abs(octets - exact) > ROUNDING_ERROR) {
    throw new RangeError(`Cannot use size "${text}": it is not a whole number of octets below 2^53`);
  }
  return octets;
}
