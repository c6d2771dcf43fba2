/**
 * Formats sizes for people.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { LocalFault } from "../local_fault.ts";
import { loadFormatBytes } from "../std.ts";

/** Formats a number of octets: `1.5 KiB`. */
export type FormatSize = (octets: number) => string;

/** Formats sizes exactly, for files and pipes: `1,536 octets`. */
export function formatExactSize(octets: number): string {
  return formatQuantity(Math.round(octets), "octet");
}

/**
 * Loads the format of sizes for people at a terminal: powers of 1,024 with at most two digits after the point. Sizes are
 * exact if the standard library is not in Deno's cache and cannot be downloaded in time.
 */
export async function loadFormatSize({ terminal }: { readonly terminal: boolean }): Promise<FormatSize> {
  if (!terminal) return formatExactSize;
  try {
    const format = await loadFormatBytes();
    // With a limit for digits, the function rounds after the point. Without one it keeps three digits: 1020 for 1,023.
    const options = { binary: true, maximumFractionDigits: 2, locale: "en" } as const;
    // The prefix for 1,024 has a capital K (IEC 80000-13).
    return (octets) => format(octets, options).replace("kiB", "KiB");
  } catch (error) {
    if (!(error instanceof LocalFault)) throw error;
    return formatExactSize;
  }
}
