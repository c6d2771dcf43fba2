/**
 * Writes text in the language of manual pages, man(7).
 *
 * @module
 */

import { unitsOf } from "../../help/help_lines.ts";

/** Columns of a source line: mandoc warns of longer ones. */
const WIDTH = 78;

/** Characters that roff would read as something else, and those that an ASCII terminal lacks. */
const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  '"': "\\(dq",
  "^": "\\(ha",
  "~": "\\(ti",
  "…": "...",
  "–": "\\-",
  "→": "\\->",
  "×": "x",
  "±": "+\\-",
};

/** Writes text so that roff shows exactly this text. */
export function escapeRoff(text: string): string {
  return text.replaceAll(
    /[\\\-'`"^~]|[^\x20-\x7e]/gu,
    (character) => SPECIAL[character] ?? `\\[u${codePoint(character)}]`,
  );
}

/** roff wants at least four hexadecimal digits in upper case. */
function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

/** Writes a sentence or a phrase; roff breaks no line inside an example between quotes, or behind a flag or number. */
export function prose(text: string): string {
  return unitsOf(text, WIDTH / 2).map((unit) => {
    const whole = escapeRoff(unit).replaceAll(" ", "\\ ");
    return whole.length < WIDTH ? whole : escapeRoff(unit);
  }).join(" ");
}

/** Writes text in bold. */
export function bold(text: string): string {
  return `\\fB${escapeRoff(text)}\\fR`;
}

/** Writes text in italics. */
export function italic(text: string): string {
  return `\\fI${escapeRoff(text)}\\fR`;
}

/** Writes a paragraph of escaped text in lines of the source; roff fills the lines of the page. */
export function paragraph(escaped: string): string {
  return fill(escaped, "\n");
}

/** Writes a line that stays one line on the page, however many lines the source has. */
export function wholeLine(escaped: string): string {
  return fill(escaped, " \\\n");
}

/** Writes a heading of a section (`SH`) or a part of one (`SS`). */
export function heading(level: "SH" | "SS", text: string): string {
  return `.${level} "${escapeRoff(text)}"\n`;
}

/** Writes a term with its explanation, both escaped. */
export function term(escaped: string, explanation: string): string {
  return `.TP\n${wholeLine(escaped)}${paragraph(explanation)}`;
}

/** Writes lines in bold, each on a line of its own, below a paragraph or heading. */
export function literal(lines: readonly string[]): string {
  return `.RS\n.nf\n${lines.map((line) => wholeLine(bold(line))).join("")}.fi\n.RE\n`;
}

function fill(escaped: string, joint: string): string {
  const lines = [""];
  for (const word of escaped.split(/(?<!\\) /)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length + joint.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  // A dot at the beginning of a line would make it a request.
  return `${lines.map((line) => line.startsWith(".") ? `\\&${line}` : line).join(joint)}\n`;
}
