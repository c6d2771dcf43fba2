/**
 * Results as a table of rows.
 *
 * @module
 */

import type { Formatter } from "./formatter.ts";
import { formatTextRow, formatTextRowHeader, type TextRowOptions } from "./text_row.ts";

/**
 * Makes a formatter of rows under their titles. The width may change between two rows, when somebody resizes the terminal;
 * the titles then follow again if other columns fit.
 *
 * @param look Its width is read for each row.
 */
export function makeRowFormatter(look: TextRowOptions): Formatter {
  let width: number | undefined;
  let shown = "";
  const titlesIfNew = (): string => {
    if (shown !== "" && look.width === width) return "";
    width = look.width;
    const titles = formatTextRowHeader(look);
    if (titles === shown) return "";
    shown = titles;
    return `${titles}\n`;
  };
  return {
    begin: titlesIfNew,
    row: (result) => `${titlesIfNew()}${formatTextRow(result, look)}\n`,
    end: () => "",
  };
}
