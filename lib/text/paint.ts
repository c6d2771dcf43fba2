/**
 * Styles of text, named by their meaning. The library knows no colours: a caller passes the function that
 * paints.
 *
 * @module
 */

/** Meaning of a piece of text to the reader; `blue` and `magenta` are two more hues, for the bars of the waterfall. */
export type Style = "heading" | "dim" | "name" | "good" | "notice" | "warning" | "bad" | "blue" | "magenta";

/**
 * Gives a piece of text its style, for instance by SGR sequences. The result must take as many columns as the text.
 *
 * @example Usage
 * ```ts
 * import { formatDiff, type Paint } from "https://deno.land/x/sonde/lib/report.ts";
 *
 * const paint: Paint = (style, text) => style === "heading" ? `\x1b[1m${text}\x1b[22m` : text;
 * const text = formatDiff("http://a/", [{ fact: "status", before: 200, after: 503 }], { paint });
 * if (!text.includes("\x1b[1m")) throw new Error(text);
 * ```
 */
export type Paint = (style: Style, text: string) => string;

/** Leaves every text as it is: the default of all formatters. */
export function plain(_style: Style, text: string): string {
  return text;
}

/** Option of every formatter of text for people. */
export interface PaintOptions {
  /** Gives each piece of text its style; without it text stays plain. */
  readonly paint?: Paint | undefined;
}
