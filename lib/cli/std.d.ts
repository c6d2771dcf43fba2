/** Types of the functions that `std.ts` takes from Deno's standard library. */

/**
 * Formats a number of bytes: `1.5 kiB` with `binary`.
 *
 * @param options `locale` and `maximumFractionDigits` are those of `Number.prototype.toLocaleString()`
 */
export function format(
  bytes: number,
  options?: { binary?: boolean; maximumFractionDigits?: number; locale?: boolean | string | string[] },
): string;
