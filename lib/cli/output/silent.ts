/**
 * The meaning of `--quiet`.
 *
 * @module
 */

import type { Formatter } from "../../report/formatter.ts";

/**
 * Tells whether results are dropped. `-q` silences terminals and pipes; a file is still written, as curl does with
 * `-s -o FILE`.
 */
export function isSilent(
  { quiet, output, resume }: {
    readonly quiet: boolean;
    readonly output?: string | undefined;
    readonly resume?: string | undefined;
  },
): boolean {
  return quiet && output === undefined && resume === undefined;
}

/** Passes every row to a formatter, whose exit code counts, and prints none of its text. */
export class SilentFormatter<Row> implements Formatter<Row> {
  readonly #formatter: Formatter<Row>;

  constructor(formatter: Formatter<Row>) {
    this.#formatter = formatter;
  }

  get code(): number | undefined {
    return this.#formatter.code;
  }

  begin(): string {
    return "";
  }

  row(row: Row): string {
    this.#formatter.row(row);
    return "";
  }

  end(): string {
    return "";
  }
}
