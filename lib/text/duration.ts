/**
 * Reads durations as people write them, `300ms` and `1m30s`, and formats them for people, `12.3 ms` and `2m
 * 5s`.
 *
 * @module
 */

/** Milliseconds of each unit, the longest first: the order of the parts of a duration. */
const DURATION_UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];

/** The longest duration in milliseconds, 10,000 days: a longer one is probably a mistyped unit. */
const LONGEST_DURATION = 10_000 * 86_400_000;

const BARE_NUMBER = /^(?:\d+(?:\.\d+)?|\.\d+)$/;
const DURATION = /^(?:(?:\d+(?:\.\d+)?|\.\d+)(?:ms|[dhms]))+$/;
const DURATION_PART = /(\d+(?:\.\d+)?|\.\d+)(ms|[dhms])/g;

/**
 * Reads a duration: `300ms`, `5s`, `2m`, `1h`, `1.5s`, `1m30s`. A bare number means seconds, as in curl.
 *
 * @param text The duration, without blanks.
 * @returns Milliseconds.
 * @throws {SyntaxError} If the text is not a duration.
 * @throws {RangeError} If it is longer than 10,000 days.
 *
 * @example Usage
 * ```ts
 * import { parseDuration } from "https://deno.land/x/sonde/lib/report.ts";
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
 * Formats a duration for people: up to three significant digits below a minute, two units above. All of sonde
 * prints durations in this way. {@linkcode parseDuration} reads the result if its blanks are removed.
 *
 * @param ms Milliseconds, not negative.
 * @returns `0.42 ms`, `12.3 ms`, `457 ms`, `1.25 s`, `2m 5s`, `1h 1m`, `2d 3h`; at most 7 characters below 100 days.
 *
 * @example Usage
 * ```ts
 * import { formatDuration } from "https://deno.land/x/sonde/lib/report.ts";
 *
 * if (formatDuration(1_250) !== "1.25 s") throw new Error("1,250 ms are 1.25 s");
 * ```
 */
export function formatDuration(ms: number): string {
  // 999.6 ms and 59.96 s round up to the next unit, so the rounding comes before the choice of the unit.
  if (threeDigits(ms) < 1000) return `${threeDigits(ms)} ms`;
  if (threeDigits(ms / 1000) < 60) return `${threeDigits(ms / 1000)} s`;
  if (Math.round(ms / 1000) < 3600) return twoUnits(Math.round(ms / 1000), 60, "m", "s");
  if (Math.round(ms / 60_000) < 1440) return twoUnits(Math.round(ms / 60_000), 60, "h", "m");
  return twoUnits(Math.round(ms / 3_600_000), 24, "d", "h");
}

/** Formats a duration as seconds, for programs: `0.123456`. */
export function formatSeconds(ms: number): string {
  return (ms / 1000).toFixed(6);
}

function twoUnits(amount: number, ratio: number, larger: string, smaller: string): string {
  const rest = amount % ratio;
  return `${Math.floor(amount / ratio)}${larger}${rest === 0 ? "" : ` ${rest}${smaller}`}`;
}

/** Rounds to three significant digits, with at most two after the point: 0.4213 → 0.42, 12.34 → 12.3. */
function threeDigits(value: number): number {
  // 9.996 rounds up to 10, which has a second digit before the point.
  if (value < 9.995) return Number(value.toFixed(2));
  return value < 99.95 ? Number(value.toFixed(1)) : Math.round(value);
}
