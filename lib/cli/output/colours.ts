/**
 * Colours of the terminal.
 *
 * @module
 */

import { type Paint, plain, type Style } from "../../text/paint.ts";
import type { ColorChoice } from "./color_choice.ts";
import type { Output } from "./output.ts";

/**
 * The SGR parameters that begin a style, and those that end it. The colours are those of the fixed part of the palette with
 * 256 entries: all have a contrast of at least 4 to 1 on white and on black. The first sixteen entries differ between
 * terminals, and their yellow, cyan and bright black cannot be read on some of them. The style `bad` is bold as well.
 */
const STYLES: Readonly<Record<Style, readonly [begin: string, end: string]>> = {
  heading: ["1", "22"],
  dim: ["38;5;243", "39"],
  name: ["38;5;30", "39"],
  good: ["38;5;28", "39"],
  notice: ["38;5;30", "39"],
  warning: ["38;5;130", "39"],
  bad: ["1;38;5;161", "22;39"],
  blue: ["38;5;63", "39"],
  magenta: ["38;5;163", "39"],
};

/** Puts SGR sequences (ECMA-48 §8.3.117) around a text. */
export function paintWithSgr(style: Style, text: string): string {
  if (text === "") return "";
  const [begin, end] = STYLES[style];
  return `\x1b[${begin}m${text}\x1b[${end}m`;
}

/**
 * Gives the styles for an output: by default none if the output is no terminal, and none with NO_COLOR.
 *
 * @param options `color`: the value of `--color`, which overrides NO_COLOR
 */
export function paintFor(
  { terminal }: Pick<Output, "terminal">,
  { color = "auto" }: { readonly color?: ColorChoice | undefined } = {},
): Paint {
  const painted = color === "always" || color === "auto" && terminal && !Deno.noColor;
  return painted ? paintWithSgr : plain;
}
