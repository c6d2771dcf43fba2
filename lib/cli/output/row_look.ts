/**
 * The look of rows, for a person at a terminal or for a program.
 *
 * @module
 */

import type { Paint } from "../../text/paint.ts";
import type { CommandIo } from "../io.ts";
import type { Output } from "./output.ts";

/** The look of rows. */
export interface RowLook {
  readonly paint: Paint;
  /** Columns of a line, read again for each row: the terminal may have another size by then. */
  readonly width: number;
}

/**
 * Chooses the look of rows. On a terminal a row fits the width, and its cause has a line of its own. In a file or a pipe a
 * row is one line with every column whole, so that `grep`, `wc -l` and `sort` work.
 */
export async function chooseRowLook(output: Output, io: CommandIo): Promise<RowLook> {
  return {
    paint: await io.paintFor(output),
    get width() {
      return output.terminal ? io.width : Infinity;
    },
  };
}
