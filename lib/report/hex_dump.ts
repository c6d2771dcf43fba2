/**
 * Formats octets in hexadecimal.
 *
 * @module
 */

const PER_LINE = 16;

/**
 * Writes octets as `hexdump -C` does: offset, sixteen octets, and the printable ones among them. If a piece
 * does not begin at a multiple of sixteen, its octets still stand in the columns of their offsets.
 *
 * @param offset Number of octets before these
 * @returns Lines, each ended by LF; an empty text if there are no octets
 *
 * @example Usage
 * ```ts
 * import { formatHexDump } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const [line] = formatHexDump(new TextEncoder().encode("220 ready\r\n")).split("\n");
 * assert.equal(line, "00000000  32 32 30 20 72 65 61 64  79 0d 0a                 |220 ready..|");
 * ```
 */
export function formatHexDump(bytes: Uint8Array, offset = 0): string {
  if (bytes.length === 0) return "";
  let text = "";
  for (let start = offset - offset % PER_LINE; start < offset + bytes.length; start += PER_LINE) {
    let hex = "";
    let shown = "";
    for (let at = start; at < start + PER_LINE; at++) {
      if (at === start + PER_LINE / 2) hex += " ";
      const octet = bytes[at - offset];
      hex += octet === undefined ? "   " : `${octet.toString(16).padStart(2, "0")} `;
      if (octet !== undefined) shown += octet >= 0x20 && octet <= 0x7e ? String.fromCharCode(octet) : ".";
      else if (at < offset) shown += " ";
    }
    text += `${start.toString(16).padStart(8, "0")}  ${hex} |${shown}|\n`;
  }
  return text;
}
