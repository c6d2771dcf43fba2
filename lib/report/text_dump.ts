/**
 * Formats a stream of octets as text for a terminal, piece by piece.
 *
 * @module
 */

import { decodeLatin1 } from "../http/octets.ts";
import { escapeOctets } from "../text/escape/text.ts";

const CR = 0x0d;

/**
 * Turns octets into text: line ends (CRLF, LF) and HTAB stay, everything else that a terminal acts upon is escaped as
 * `\xHH`, and a backslash is doubled. It holds back a CR or an incomplete UTF-8 character at the end of a
 * piece, since the next piece may complete it.
 *
 * @example Usage
 * ```ts
 * import { TextDump } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const dump = new TextDump();
 * assert.equal(dump.push(new TextEncoder().encode("220 ready\r\n\x1b[2J")), "220 ready\n\\x1b[2J");
 * assert.equal(dump.end(), "");
 * ```
 */
export class TextDump {
  #held: Uint8Array = new Uint8Array();

  /** Adds octets, and gives the text of all octets whose meaning later octets cannot change. */
  push(bytes: Uint8Array): string {
    const whole = new Uint8Array(this.#held.length + bytes.length);
    whole.set(this.#held);
    whole.set(bytes, this.#held.length);
    const end = whole.length - countUncertain(whole);
    this.#held = whole.slice(end);
    return toText(whole.subarray(0, end));
  }

  /** Ends the stream, and gives the text of the octets that were held back. */
  end(): string {
    const text = toText(this.#held);
    this.#held = new Uint8Array();
    return text;
  }
}

/** Counts the octets at the end that may begin a CRLF or a character. */
function countUncertain(bytes: Uint8Array): number {
  const last = bytes.at(-1);
  if (last === CR) return 1;
  for (let count = 1; count <= Math.min(3, bytes.length); count++) {
    const octet = bytes[bytes.length - count]!;
    if (octet < 0x80) return 0;
    if (octet >= 0xc2) {
      const length = octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
      return count < length ? count : 0;
    }
  }
  return 0;
}

function toText(bytes: Uint8Array): string {
  return decodeLatin1(bytes).split(/\r?\n/).map((line) => line.split("\t").map(escapeOctets).join("\t")).join(
    "\n",
  );
}
