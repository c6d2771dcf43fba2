/**
 * Durations and sizes as people write them, `300ms` and `64KiB`, to numbers and back.
 *
 * @module
 */

/** Milliseconds of each unit, the longest first: the order in which a duration may be put together. */
const DURATION_UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];

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

/**
 * Milliseconds that a timer can wait at most, 24 days and 20 hours: the system counts in 31 bits, and takes a longer time for
 * none; `Infinity` it refuses.
 */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** In milliseconds, 10,000 days: beyond it a mistyped unit is more likely than a wish. */
const LONGEST_DURATION = 10_000 * 86_400_000;

/** 1.005MB is 1,004,999.9999999999 octets in floating point, and meant to be a whole number. */
const ROUNDING_ERROR = 1e-3;

const BARE_NUMBER = /^(?:\d+(?:\.\d+)?|\.\d+)$/;
const DURATION = /^(?:(?:\d+(?:\.\d+)?|\.\d+)(?:ms|[dhms]))+$/;
const DURATION_PART = /(\d+(?:\.\d+)?|\.\d+)(ms|[dhms])/g;
const SIZE = /^(\d+(?:\.\d+)?) ?([A-Za-z]*)$/;

/**
 * Reads a duration: `300ms`, `5s`, `2m`, `1h`, `1.5s`, `1m30s`. A bare number means seconds, as with curl.
 *
 * @param text The duration, without blanks.
 * @returns Milliseconds.
 * @throws {SyntaxError} If the text is not a duration.
 * @throws {RangeError} If it is longer than 10,000 days.
 *
 * @example Usage
 * ```ts
 * import { parseDuration } from "jsr:@sonde/sonde/report";
 *
 * if (parseDuration("1.5s") !== 1500) throw new Error("1.5s is 1,500 ms");
 * ```
 */
export function parseDuration(text: string): number {
  const ms = BARE_NUMBER.test(text) ? Number(text) * 1000 : sumParts(text);
  if (ms > LONGEST_DURATION) throw new RangeError(`Cannot use duration "${text}": it is over 10,000 days`);
  return ms;
}

function sumParts(text: string): number {
  if (!DURATION.test(text)) {
    throw new SyntaxError(
      `Cannot parse duration "${text}": write a number with ms, s, m, h or d, as in 300ms, 5s or 1m30s`,
    );
  }
  let sum = 0;
  let last = -1;
  for (const [, amount, unit] of text.matchAll(DURATION_PART)) {
    const index = DURATION_UNITS.findIndex(([name]) => name === unit);
    if (index <= last) {
      throw new SyntaxError(
        `Cannot parse duration "${text}": larger units come first and each unit once, as in 1m30s`,
      );
    }
    last = index;
    sum += Number(amount) * (DURATION_UNITS[index]?.[1] ?? NaN);
  }
  return sum;
}

/**
 * Writes a duration the way {@linkcode parseDuration} reads it, to three significant digits below a minute and to
 * the second, minute or hour above: `0.42ms`, `1.25s`, `2m5s`, `1h1m`, `2d3h`.
 *
 * @param ms Milliseconds, not negative.
 * @returns The text, without blanks.
 *
 * @example Usage
 * ```ts
 * import { formatDuration } from "jsr:@sonde/sonde/report";
 *
 * if (formatDuration(125_000) !== "2m5s") throw new Error("125 s are 2m5s");
 * ```
 */
export function formatDuration(ms: number): string {
  // 999.6 ms and 59.96 s round up to the next unit, so the rounding comes before the choice of the unit.
  if (threeDigits(ms) < 1000) return `${threeDigits(ms)}ms`;
  if (threeDigits(ms / 1000) < 60) return `${threeDigits(ms / 1000)}s`;
  if (Math.round(ms / 1000) < 3600) return twoUnits(Math.round(ms / 1000), 60, "m", "s");
  if (Math.round(ms / 60_000) < 1440) return twoUnits(Math.round(ms / 60_000), 60, "h", "m");
  return twoUnits(Math.round(ms / 3_600_000), 24, "d", "h");
}

function twoUnits(amount: number, ratio: number, larger: string, smaller: string): string {
  const rest = amount % ratio;
  return `${Math.floor(amount / ratio)}${larger}${rest === 0 ? "" : `${rest}${smaller}`}`;
}

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
 * import { parseSize } from "jsr:@sonde/sonde/report";
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

/**
 * Writes a size the way {@linkcode parseSize} reads it, in powers of 1,024 and to three significant digits:
 * `512B`, `1.5KiB`, `64KiB`, `1.21GiB`.
 *
 * @param octets Octets, not negative.
 * @returns The text, without blanks.
 *
 * @example Usage
 * ```ts
 * import { formatSize } from "jsr:@sonde/sonde/report";
 *
 * if (formatSize(1536) !== "1.5KiB") throw new Error("1,536 octets are 1.5KiB");
 * ```
 */
export function formatSize(octets: number): string {
  if (octets < 1024) return `${threeDigits(octets)}B`;
  for (const [unit, factor] of [["KiB", 2 ** 10], ["MiB", 2 ** 20], ["GiB", 2 ** 30]] as const) {
    if (threeDigits(octets / factor) < 1024) return `${threeDigits(octets / factor)}${unit}`;
  }
  return `${threeDigits(octets / 2 ** 40)}TiB`;
}

/** Rounds to three significant digits, whole numbers kept whole: 0.4213 → 0.421, 1536.4 → 1536. */
function threeDigits(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
