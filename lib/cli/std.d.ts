/** Types of the functions that `std.ts` takes from Deno's standard library. */

/**
 * Shows a message and reads a line from the terminal, showing `mask` for each character.
 *
 * @returns The line, or `null` if stdin is not a terminal.
 */
export function promptSecret(message?: string, options?: { mask?: string; clear?: boolean }): string | null;

/**
 * Formats a number of bytes: `1.5 kiB` with `binary`.
 *
 * @param options `locale` and `maximumFractionDigits` are those of `Number.prototype.toLocaleString()`
 */
export function format(
  bytes: number,
  options?: { binary?: boolean; maximumFractionDigits?: number; locale?: boolean | string | string[] },
): string;
