/**
 * The output of saved profiles.
 *
 * @module
 */

import type { Formatter } from "../../../report/formatter.ts";
import type { ConnectionProfile } from "../../../result.ts";
import type { CommandIo } from "../../io.ts";
import { formatNote } from "../../output/note.ts";
import type { Output } from "../../output/output.ts";
import { isSilent, SilentFormatter } from "../../output/silent.ts";
import type { SavedRow } from "../../saved/read_rows.ts";
import type { ShowFlags } from "./flags.ts";

/** The parts that a {@linkcode ProfilePrinter} uses. */
export interface ProfilePrinterParts {
  readonly flags: Pick<ShowFlags, "quiet" | "only" | "output">;
  readonly view: Formatter<ConnectionProfile>;
  readonly output: Output;
  readonly io: Pick<CommandIo, "stderr" | "widthOf">;
}

/** Prints saved profiles as `sonde conn` does, and notes on stderr. */
export class ProfilePrinter implements AsyncDisposable {
  readonly #parts: ProfilePrinterParts;
  readonly #view: Formatter<ConnectionProfile>;
  #beginning: string;
  #notes: string[] = [];

  constructor(parts: ProfilePrinterParts) {
    const { flags, view } = parts;
    this.#parts = parts;
    this.#view = isSilent(flags) ? new SilentFormatter(view) : view;
    this.#beginning = this.#view.begin();
  }

  /** Keeps a note for stderr, which is printed with the next rows. */
  readonly note = (text: string): void => {
    if (!this.#parts.flags.quiet) this.#notes.push(formatNote(text, this.#parts.io));
  };

  /** Prints profiles. */
  async take(rows: readonly SavedRow[]): Promise<void> {
    const { only } = this.#parts.flags;
    let text = this.#beginning;
    this.#beginning = "";
    for (const { row } of rows) {
      if (only !== undefined && (only === "ok") !== row.ok) continue;
      text += this.#view.row(row as ConnectionProfile);
    }
    await this.#print(text);
  }

  /** Ends the document. */
  end(): Promise<void> {
    return this.#print(this.#view.end());
  }

  /** The exit code, if the format has exit codes of its own. */
  code(): number | undefined {
    return this.#view.code;
  }

  /** True once the reader of the output has gone away. */
  broken(): boolean {
    return this.#parts.output.broken;
  }

  async #print(text: string): Promise<void> {
    const { io, output } = this.#parts;
    await io.stderr.write(this.#notes.splice(0).join(""));
    await output.write(text);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
