/**
 * Colours of a terminal, by meaning. Whether they are used is the caller's decision alone.
 *
 * @module
 */

/** SGR parameters that switch a style on and off (ECMA-48 §8.3.117). */
const STYLES = {
  heading: ["1", "22"],
  dim: ["2", "22"],
  name: ["36", "39"],
  good: ["32", "39"],
  notice: ["36", "39"],
  warning: ["33", "39"],
  bad: ["1;31", "22;39"],
  blue: ["94", "39"],
  magenta: ["35", "39"],
} as const satisfies Readonly<Record<Style, readonly [on: string, off: string]>>;

/** What a piece of text means to the reader; two hues more for the bars of the waterfall. */
export type Style = "heading" | "dim" | "name" | "good" | "notice" | "warning" | "bad" | "blue" | "magenta";

/** Gives the text in a style, or as it is. */
export type Paint = (style: Style, text: string) => string;

/** The function that paints: with SGR sequences if `colour`, otherwise it gives every text unchanged. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_style, text) => text;
  return (style, text) => {
    if (text === "") return "";
    const [on, off] = STYLES[style];
    return `\x1b[${on}m${text}\x1b[${off}m`;
  };
}
