/**
 * Lays out help texts in lines.
 *
 * @module
 */

import type { HelpRow } from "../command.ts";

/** The narrowest and the widest help, in columns. */
const NARROWEST = 40;
const WIDEST = 120;

/** Below this width, explanations stand below their terms. */
const NARROW = 60;

/** The column at which explanations begin beside their terms, and below them on a narrow terminal. */
const BESIDE = 27;
const BELOW = 6;

/** An example between quotes, a JSON value, or a word with the punctuation around it. */
const PIECE = String.raw`\(?(?:'[^']*'|"[^"]*"|\{[^}]*\}|\[[^\]]*\])\S*|\S+`;

const PIECES = new RegExp(PIECE, "g");

/** Pieces that stay on one line: a flag and its value, a number and its unit, a lone hyphen and its verb. */
const UNIT = new RegExp(String.raw`\(?(?:--?[A-Za-z0-9][\w.-]*|\d[\d.,/]*|-) (?:${PIECE})|${PIECE}`, "g");

/** Gives the columns of a help text on a terminal of this width. */
export function helpWidth(columns: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns));
}

/**
 * Breaks text into lines at blanks, but not inside an example between quotes, or between a flag or number and the word
 * after it. Only a piece that is longer than a whole line exceeds the width.
 *
 * @param text The text, without line feeds.
 * @param indent Columns before each line.
 * @param width Columns of a line with its indentation.
 * @returns Lines that end with line feeds.
 */
export function wrap(text: string, indent: number, width: number): string {
  const lines = [""];
  for (const unit of unitsOf(text, width - indent)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && indent + line.length + 1 + unit.length > width) lines.push(unit);
    else lines[lines.length - 1] = line === "" ? unit : `${line} ${unit}`;
  }
  return lines.map((line) => `${" ".repeat(indent)}${line}\n`).join("");
}

/**
 * Divides text into the pieces that stay on one line. If one does not fit into a line, a flag parts from its value, and
 * JSON breaks at its blanks, which mean nothing; an example between quotes stays whole.
 */
export function unitsOf(text: string, room: number): string[] {
  return Array.from(text.matchAll(UNIT), ([unit]) => unit).flatMap((unit) => {
    if (unit.length <= room) return unit;
    const pieces = Array.from(unit.matchAll(PIECES), ([piece]) => piece);
    return pieces.flatMap((piece) => piece.length > room && /^[{[]/.test(piece) ? piece.split(" ") : piece);
  });
}

/**
 * Puts the explanation beside its term, or below a term that is too long for that or on a narrow terminal.
 *
 * @param column The column at which explanations begin.
 */
export function layOutRow([term, explanation]: HelpRow, width: number, column = BESIDE): string {
  const head = `  ${term}`;
  if (explanation === "") return `${head}\n`;
  if (width < NARROW) {
    const below = wrap(explanation, BELOW, width);
    // An exit code leaves room for its meaning on the same line.
    return head.length < BELOW ? head.padEnd(BELOW) + below.slice(BELOW) : wrap(term, 2, width) + below;
  }
  const text = wrap(explanation, column, width);
  return head.length + 2 > column ? `${head}\n${text}` : head.padEnd(column) + text.slice(column);
}

/** Puts the effect of an example below its command line, which stays whole. */
export function layOutExample([line, does]: HelpRow, width: number): string {
  return `  ${line}\n${does === "" ? "" : wrap(does, BELOW, width)}`;
}

/** Makes a sentence of a phrase that begins in lower case. A question keeps its mark. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith("?") ? "" : "."}`;
}
