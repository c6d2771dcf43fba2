/**
 * Reads the rows of saved files, and names the lines that hold no row.
 *
 * @module
 */

import { JsonValues } from "../../report/saved/json_values.ts";
import { readSavedValue, type SavedResult } from "../../report/saved/saved_row.ts";
import type { ConnectionProfile } from "../../result.ts";
import { formatQuantity } from "../../text/count.ts";
import { TextReader } from "../../text/decode/text_reader.ts";
import { LocalFault } from "../local_fault.ts";
import type { SavedFile } from "./saved_files.ts";

/** A saved row. */
export type SavedRow =
  | { readonly kind: "result"; readonly row: SavedResult }
  | { readonly kind: "profile"; readonly row: ConnectionProfile };

/** Lines of one file that are described one by one; the others are counted. */
const DESCRIBED = 5;

/** Matches the faults of a file that sonde did not write. */
const NO_ROWS = /is not JSON$|is not an object$|as every row of sonde does$|there is no row of --json in it$/;

/** Reads the rows of files. What cannot be read is skipped with a note, and the rest is read all the same. */
export class RowReader {
  readonly #note: (text: string) => void;
  #rows = 0;
  #faults = 0;
  #octets = 0;
  #firstFault: string | undefined;
  /** The kind of the first row, which all others must have. */
  #kind: SavedRow["kind"] | undefined;

  /** @param note Takes a sentence about a part of a file that was skipped. */
  constructor(note: (text: string) => void) {
    this.#note = note;
  }

  /** Number of rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Number of lines, and rests of files, that hold no row but something that may have been one. */
  get faults(): number {
    return this.#faults;
  }

  /** Says why there is no row, worded to follow the name of the file. */
  whyNoRow(): string {
    if (this.#octets === 0) return "it is empty";
    const fault = this.#firstFault ?? "there is no row of --json in it";
    return NO_ROWS.test(fault)
      ? `${fault}; it takes rows that sonde --json or sonde batch --json saved`
      : fault;
  }

  /** Reads the rows of one file, in groups. Rows of another kind than the first one are skipped. */
  async *read(file: SavedFile): AsyncGenerator<SavedRow[], void, void> {
    const lines = new SkippedLines(file.name, this.#note);
    const values = new JsonValues();
    const text = new TextReader();
    const [octetsBefore, rowsBefore] = [this.#octets, this.#rows];
    try {
      for await (const octets of file.open()) {
        this.#octets += octets.length;
        yield this.#take(values.push(text.receive(octets)), lines);
        if (text.error) break;
      }
      let fault = text.error;
      yield this.#take(values.push(text.end()), lines);
      // Rows that end in the middle of a character are cut off like rows that end anywhere else.
      if (this.#rows === rowsBefore) fault = text.error;
      if (fault) lines.fault(fault.message);
      else yield this.#take(values.end(), lines);
    } catch (error) {
      if (!(error instanceof LocalFault)) throw error;
      lines.fault(error.message);
    }
    if (this.#octets === octetsBefore && lines.count === 0) this.#note(`${file.name} is empty`);
    lines.end();
    this.#firstFault ??= lines.first;
    this.#faults += lines.count;
  }

  #take(pieces: ReturnType<JsonValues["push"]>, lines: SkippedLines): SavedRow[] {
    const rows: SavedRow[] = [];
    for (const piece of pieces) {
      if ("fault" in piece) {
        lines.skip(piece.line, piece.fault);
        continue;
      }
      const saved = readSavedValue(piece.value);
      if (saved.kind === "summary") continue;
      if (saved.kind === "other") lines.skip(piece.line, saved.cause);
      else if (saved.kind !== (this.#kind ??= saved.kind)) lines.skip(piece.line, sayOtherKind(saved.kind));
      else rows.push(saved);
    }
    this.#rows += rows.length;
    return rows;
  }
}

function sayOtherKind(kind: SavedRow["kind"]): string {
  return kind === "profile"
    ? "is a profile of sonde conn, but the rows before it are results: give each kind to a run of its own"
    : "is a result, but the rows before it are profiles of sonde conn: give each kind to a run of its own";
}

/** Describes the lines of one file that are skipped. */
class SkippedLines {
  readonly #name: string;
  readonly #note: (text: string) => void;
  #count = 0;
  #hidden = 0;
  #first: string | undefined;

  constructor(name: string, note: (text: string) => void) {
    this.#name = name;
    this.#note = note;
  }

  get count(): number {
    return this.#count;
  }

  /** The first fault. */
  get first(): string | undefined {
    return this.#first;
  }

  skip(line: number, cause: string): void {
    this.#count++;
    this.#first ??= `line ${line} ${cause}`;
    if (this.#count > DESCRIBED) this.#hidden++;
    else this.#note(`${this.#name}: line ${line} ${cause}; it is skipped`);
  }

  fault(cause: string): void {
    this.#count++;
    this.#first ??= cause;
    this.#note(`${this.#name}: ${cause}; the rest of the file is skipped`);
  }

  end(): void {
    if (this.#hidden > 0) this.#note(`${this.#name}: ${formatQuantity(this.#hidden, "more line")} skipped`);
  }
}
