/**
 * Colours of the terminal, from Deno's standard library.
 *
 * @module
 */

import { type Paint, plain, type Style } from "../../text/paint.ts";
import { LocalFault } from "../local_fault.ts";
import type { Output } from "./output.ts";

let loading: Promise<Paint> | undefined;

/**
 * Loads the styles for an output. Text is plain if the output is no terminal, with `--no-color` or NO_COLOR, and if the
 * standard library is not in Deno's cache and cannot be downloaded in time.
 */
export function paintFor(
  { terminal }: Pick<Output, "terminal">,
  { noColor = false }: { readonly noColor?: boolean } = {},
): Promise<Paint> {
  return noColor || Deno.noColor || !terminal ? Promise.resolve(plain) : loading ??= loadPaint();
}

/** Loads the colours, or plain text if they cannot be loaded. */
export async function loadPaint(): Promise<Paint> {
  // Loaded for terminals only: a run into a pipe starts faster without it.
  const { loadColors } = await import("../std.ts");
  try {
    const colors = await loadColors();
    const styles: Readonly<Record<Style, (text: string) => string>> = {
      heading: colors.bold,
      dim: colors.dim,
      name: colors.cyan,
      good: colors.green,
      notice: colors.cyan,
      warning: colors.yellow,
      bad: (text) => colors.bold(colors.red(text)),
      blue: colors.brightBlue,
      magenta: colors.magenta,
    };
    return (style, text) => text === "" ? "" : styles[style](text);
  } catch (error) {
    if (!(error instanceof LocalFault)) throw error;
    return plain;
  }
}
