/**
 * Finds the end of a JSON value by its quotes and brackets.
 *
 * @module
 */

/** The state of a scan, which goes on when more text has arrived. */
export interface Scan {
  /** Index of the next character to look at. */
  at: number;
  /** Brackets that are open. */
  depth: number;
  /** The next character is within a string. */
  inString: boolean;
  /** The first character was looked at. */
  begun: boolean;
}

/** Begins a scan at the first character of a value. */
export function startScan(at: number): Scan {
  return { at, depth: 0, inString: false, begun: false };
}

/** The end of a value. */
export interface ValueEnd {
  /** Index behind the last character of the value, or of its last line if it is torn. */
  readonly end: number;
  /**
   * The value ends in the middle: no string has a raw line feed, and only a new row begins a line with a bracket. The
   * lines of one value are indented.
   */
  readonly torn: boolean;
}

/**
 * Finds the end of a value.
 *
 * @param scan Where to go on; its state moves with the text that was looked at
 * @param ended No more text follows.
 * @returns `undefined` if the value is not complete yet
 */
export function findEnd(
  text: string,
  scan: Scan,
  ended: boolean,
): ValueEnd | undefined {
  for (; scan.at < text.length; scan.at++) {
    if (scan.inString && !skipString(text, scan)) break;
    const char = text[scan.at];
    if (char === "\n" && scan.inString) return { end: scan.at, torn: true };
    if (scan.inString) {
      scan.inString = false;
      if (scan.depth === 0) return { end: scan.at + 1, torn: false };
      continue;
    }
    if (char === "\n" && scan.depth > 0) {
      if (scan.at + 1 >= text.length) break;
      if (text[scan.at + 1] === "{") return { end: scan.at, torn: true };
    } else if (char === '"') scan.inString = true;
    else if (char === "{" || char === "[") scan.depth++;
    else if (char === "}" || char === "]") {
      // A bracket that closes the array around a number or a word.
      if (scan.depth === 0) return { end: scan.begun ? scan.at : scan.at + 1, torn: false };
      if (--scan.depth === 0) return { end: scan.at + 1, torn: false };
    } else if (scan.depth === 0 && scan.begun && (char === "," || char === "\n" || char === " ")) {
      return { end: scan.at, torn: false };
    }
    scan.begun = true;
  }
  return ended && scan.at >= text.length && scan.depth === 0 && !scan.inString
    ? { end: text.length, torn: false }
    : undefined;
}

const STRING_STOP = /["\\\n]/g;

/** Moves to the end of a string, or to a line feed in it. Returns false if there is neither yet. */
function skipString(text: string, scan: Scan): boolean {
  for (;;) {
    STRING_STOP.lastIndex = scan.at;
    const stop = STRING_STOP.exec(text);
    scan.at = stop?.index ?? text.length;
    if (stop === null) return false;
    if (stop[0] !== "\\") return true;
    // A backslash at the end waits for the character that it escapes.
    if (scan.at + 1 >= text.length) return false;
    scan.at += text[scan.at + 1] === "\n" ? 1 : 2;
  }
}
