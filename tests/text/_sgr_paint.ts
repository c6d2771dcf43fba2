/**
 * Styles as a terminal shows them.
 *
 * @module
 */

import type { Style } from "../../lib/text/paint.ts";

/** SGR parameters that switch a style on and off (ECMA-48 §8.3.117). */
const STYLES: Readonly<Record<Style, readonly [on: string, off: string]>> = {
  heading: ["1", "22"],
  dim: ["2", "22"],
  name: ["36", "39"],
  good: ["32", "39"],
  notice: ["36", "39"],
  warning: ["33", "39"],
  bad: ["1;31", "22;39"],
  blue: ["94", "39"],
  magenta: ["35", "39"],
};

/** Puts SGR sequences around a text. */
export function sgrPaint(style: Style, text: string): string {
  if (text === "") return "";
  const [on, off] = STYLES[style];
  return `\x1b[${on}m${text}\x1b[${off}m`;
}
