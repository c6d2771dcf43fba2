/**
 * Formats events of the wire as text for people.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import { escapeOctet } from "../text/escape/wire.ts";
import { layOut, type View } from "../text/layout.ts";
import { type Paint, plain, type Style } from "../text/paint.ts";
import { describeWireEvent } from "./describe_event.ts";
import type { WireEvent, WireOctets } from "./wire_event.ts";

/** The look of an event of the wire. */
export interface WireOptions {
  /** Gives each piece of text its style; without it text stays plain. */
  readonly paint?: Paint | undefined;
  /** Columns of a line, at least 40; `Infinity` breaks after line feeds only. @default 80 */
  readonly width?: number | undefined;
}

const WIRE_OPTION_NAMES = { paint: true, width: true } as const satisfies OptionNames<WireOptions>;

/**
 * The least width: time, connection, direction and offset take 28 columns, and some must be left for the
 * octets.
 */
const NARROWEST_WIRE = 40;
const TIME_COLUMNS = 11;
const OFFSET_COLUMNS = 7;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
/** Characters of the longest word that stays whole: content without blanks and line ends is cut. */
const LONGEST_WORD = 2_000;
const MARKS: Readonly<Record<WireOctets["type"], readonly [mark: string, style: Style]>> = {
  sent: [">", "notice"],
  received: ["<", "good"],
};

/** Offset of the first octet and escaped text of one line. */
interface WireLine {
  readonly offset: number;
  readonly text: string;
  /** True if the previous line was full and did not end with LF. */
  readonly continued: boolean;
}

/**
 * Cuts octets after each LF, and between words or escapes before `columns` are exceeded. A word that does not fit stays whole,
 * since it may be a URL.
 */
function* cutOctets({ bytes, offset }: WireOctets, columns: number): Generator<WireLine> {
  let text = "";
  let first = 0;
  let continued = false;
  // The place behind the last octet at which the line may be cut.
  let cut = { index: 0, length: 0 };
  for (let index = 0; index < bytes.length; index++) {
    const octet = bytes[index] ?? 0;
    const escaped = escapeOctet(octet);
    if (!isOfWord(octet, escaped) || text.length - cut.length >= LONGEST_WORD) {
      cut = { index, length: text.length };
    }
    if (cut.length > 0 && text.length + escaped.length > columns) {
      yield { offset: offset + first, text: text.slice(0, cut.length), continued };
      [text, first, continued] = [text.slice(cut.length), cut.index, true];
      cut = { index, length: 0 };
    }
    text += escaped;
    if (octet === BLANK || !isOfWord(octet, escaped)) cut = { index: index + 1, length: text.length };
    if (octet === LF) {
      yield { offset: offset + first, text, continued };
      [text, first, continued] = ["", index + 1, false];
      cut = { index: index + 1, length: 0 };
    }
  }
  if (text !== "" || bytes.length === 0) yield { offset: offset + first, text, continued };
}

/** Tells whether an octet belongs to the word before it: a printable character, or the end of the line. */
function isOfWord(octet: number, escaped: string): boolean {
  return escaped.length === 1 || octet === CR || octet === LF;
}

function formatOctets(
  event: WireOctets,
  prefix: string,
  { width, paint }: { width: number; paint: Paint },
): string[] {
  const [, style] = MARKS[event.type];
  const lines: string[] = [];
  const offsetColumns = Math.max(OFFSET_COLUMNS, String(event.offset + event.bytes.length).length);
  const columns = Math.max(4, width - prefix.length - offsetColumns - 3);
  for (const { offset, text, continued } of cutOctets(event, columns)) {
    const gutter = lines.length === 0 ? prefix : " ".repeat(prefix.length);
    const place = `${gutter}${String(offset).padStart(offsetColumns)} ${continued ? "+" : "|"} `;
    lines.push(paint("dim", place) + paint(style, text));
  }
  return lines;
}

/**
 * Formats one event: milliseconds since the start, the connection, and `>` for sent, `<` for received or `*`
 * for other events. Octets follow on lines that begin with the offset of their first octet, escaped as
 * `escapeWire` does. A line ends after each LF; if a line had to be broken, the next one has `+` in place of
 * `|`. Words, such as URLs, stay whole.
 *
 * ```text
 *    0.213 ms #1 >       0 | GET / HTTP/1.1\r\n
 *                       16 | Host: example.test\r\n
 * ```
 *
 * @returns Lines joined by LF, without one at the end
 *
 * @example Usage
 * ```ts
 * import { formatWire } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = new TextEncoder().encode("OK\r\n");
 * const text = formatWire({ at: 1.5, connection: 1, type: "received", offset: 0, bytes });
 * assert.equal(text, "   1.500 ms #1 <       0 | OK\\r\\n");
 * ```
 */
export function formatWire(event: WireEvent, options: WireOptions = {}): string {
  checkOptions(options, WIRE_OPTION_NAMES);
  const { paint = plain, width = 80 } = options;
  const view: View = { width: Math.max(NARROWEST_WIRE, width), paint, verbose: false };
  const isOctets = event.type === "sent" || event.type === "received";
  const mark = isOctets ? MARKS[event.type][0] : "*";
  const prefix = `${`${event.at.toFixed(3)} ms`.padStart(TIME_COLUMNS)} #${event.connection} ${mark} `;
  if (isOctets) return formatOctets(event, prefix, view).join("\n");
  const margins = { first: 0, rest: Math.min(prefix.length, view.width / 2) };
  return layOut([["dim", prefix], describeWireEvent(event)], view, margins).join("\n");
}
