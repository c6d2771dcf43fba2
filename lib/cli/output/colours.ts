/**
 * Colours of the terminal, from Deno's standard library.
 *
 * @module
 */

import { type Paint, plain, type Style } from "../../text/paint.ts";
import { callAfter } from "../../time/timer.ts";
import { LocalFault } from "../local_fault.ts";
import { loadColors } from "../std.ts";
import type { Output } from "./output.ts";

/** In milliseconds; a registry that a firewall keeps silent must not hold a run up for its own time limit. */
const LOAD_LIMIT = 2_000;

let loading: Promise<Paint> | undefined;

/**
 * Loads the styles for an output: plain text unless it is a terminal and neither `--no-color` nor NO_COLOR is given.
 * Text stays plain too where the standard library is neither cached nor to be downloaded.
 */
export function paintFor(
  { terminal }: Pick<Output, "terminal">,
  { noColor = false }: { readonly noColor?: boolean } = {},
): Promise<Paint> {
  return noColor || Deno.noColor || !terminal ? Promise.resolve(plain) : loading ??= loadInTime();
}

async function loadInTime(): Promise<Paint> {
  const { promise: late, resolve } = Promise.withResolvers<Paint>();
  const callOff = callAfter(LOAD_LIMIT, () => resolve(plain));
  try {
    return await Promise.race([loadPaint(), late]);
  } finally {
    callOff();
  }
}

/** Loads the colours, or plain text where they cannot be had. */
export async function loadPaint(): Promise<Paint> {
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
