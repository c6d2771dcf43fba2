/**
 * The progress of reading saved rows.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../../../text/count.ts";
import type { ProbeResult } from "../../../result.ts";
import { formatShare } from "../../output/progress_text.ts";
import type { RowProgress } from "../batch/row_printer.ts";

/** Counts the rows that were read. */
export class ReadingProgress implements RowProgress {
  readonly #shareOf: () => number | undefined;
  #rows = 0;
  #failed = 0;

  /** @param shareOf Gives the share of the files that was read, from 0 to 1, if it is known. */
  constructor(shareOf: () => number | undefined) {
    this.#shareOf = shareOf;
  }

  /** Counts a row. */
  take({ ok }: Pick<ProbeResult, "ok">): void {
    this.#rows++;
    if (!ok) this.#failed++;
  }

  /** Formats the share and the counts. */
  format(): string[] {
    const share = this.#shareOf();
    const whole = `${formatQuantity(this.#rows, "row")} read${
      share === undefined ? "" : ` (${formatShare(share)})`
    }`;
    return [`${whole}, ${formatCount(this.#failed)} failed`, whole];
  }
}
