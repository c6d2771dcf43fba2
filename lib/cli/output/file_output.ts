/**
 * Writes a file row by row.
 *
 * @module
 */

import { fileFault, requireFileAccess } from "../local_fault.ts";
import type { Output } from "./output.ts";
import { type OnReplaced, openEmptied, sizeOf } from "./replaced_note.ts";

const LF = 0x0a;

/** A file that holds whole lines at any moment, so that a killed run leaves no incomplete line. */
export class FileOutput implements Output, AsyncDisposable {
  readonly terminal = false;
  readonly broken = false;
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #encoder = new TextEncoder();
  #incomplete = "";
  #last: Promise<void> = Promise.resolve();
  /** Length of the file in bytes up to its last LF; `undefined` for a pipe, which has no length. */
  #whole: number | undefined;
  #failed = false;

  private constructor(path: string, file: Deno.FsFile, size: number | undefined) {
    this.#path = path;
    this.#file = file;
    this.#whole = size;
  }

  /**
   * Opens a file for writing, and creates it if it does not exist.
   *
   * @param path The file as the user wrote it.
   * @param options `append` keeps the present content; without it the file is emptied, and `onReplaced` is told.
   * @throws {LocalFault} If it cannot be opened or `--allow-write` was not granted for it.
   */
  static async open(
    path: string,
    options: { append?: boolean | undefined; onReplaced?: OnReplaced | undefined } = {},
  ): Promise<FileOutput> {
    const { append = false, onReplaced } = options;
    requireFileAccess("write", path);
    try {
      const file = append
        ? await Deno.open(path, { write: true, create: true, append })
        : await openEmptied(path, onReplaced);
      return new FileOutput(path, file, await sizeOf(file));
    } catch (error) {
      throw fileFault("write", path, error);
    }
  }

  /** Writes all whole lines of the text, and keeps an incomplete last line for the next call. */
  write(text: string): Promise<void> {
    const end = text.lastIndexOf("\n") + 1;
    if (end === 0) {
      this.#incomplete += text;
      return this.#last;
    }
    const lines = this.#incomplete + text.slice(0, end);
    this.#incomplete = text.slice(end);
    return this.#last = this.#writeAfter(this.#last, lines);
  }

  async #writeAfter(previous: Promise<void>, lines: string): Promise<void> {
    await previous;
    const bytes = this.#encoder.encode(lines);
    let written = 0;
    try {
      while (written < bytes.length) written += await this.#file.write(bytes.subarray(written));
      if (this.#whole !== undefined) this.#whole += written;
    } catch (error) {
      this.#failed = true;
      await this.#cutTornLine(bytes.subarray(0, written));
      throw fileFault("write", this.#path, error);
    }
  }

  /** Removes an incomplete last line, such as a full disk leaves behind. */
  async #cutTornLine(written: Uint8Array): Promise<void> {
    // If another process writes to the file too, the last line may belong to it.
    if (this.#whole === undefined || await sizeOf(this.#file) !== this.#whole + written.length) return;
    try {
      await this.#file.truncate(this.#whole + written.lastIndexOf(LF) + 1);
    } catch {
      // The caller throws the first fault, which is the one that matters.
    }
  }

  /** Ends a line that is still incomplete, waits for all writes and closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      // The caller of the failed write got the error.
      if (this.#failed) return;
      if (this.#incomplete !== "") await this.write("\n");
      await this.#last;
    } finally {
      this.#file.close();
    }
  }
}
