/**
 * A file that rows are written to as they come.
 *
 * @module
 */

import { fileFault, requireFileAccess } from "../local_fault.ts";
import type { Output } from "./output.ts";

/** A file that only ever holds whole lines, so that a run that was killed leaves nothing torn. */
export class FileOutput implements Output, AsyncDisposable {
  readonly terminal = false;
  readonly broken = false;
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #encoder = new TextEncoder();
  #incomplete = "";
  #last: Promise<void> = Promise.resolve();

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Opens a file for writing, and makes it if need be.
   *
   * @param path The file as the user wrote it.
   * @param options `append` keeps what the file holds already; otherwise it is emptied.
   * @throws {LocalFault} If it cannot be opened or `--allow-write` was not granted for it.
   */
  static async open(path: string, options: { append?: boolean } = {}): Promise<FileOutput> {
    const { append = false } = options;
    requireFileAccess("write", path);
    try {
      return new FileOutput(
        path,
        await Deno.open(path, { write: true, create: true, append, truncate: !append }),
      );
    } catch (error) {
      throw fileFault("write", path, error);
    }
  }

  /** Writes all whole lines of the text; what follows the last LF waits for the rest of its line. */
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
    let bytes = this.#encoder.encode(lines);
    try {
      while (bytes.length > 0) bytes = bytes.subarray(await this.#file.write(bytes));
    } catch (error) {
      throw fileFault("write", this.#path, error);
    }
  }

  /** Ends a line that is still incomplete, waits for all writes and closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (this.#incomplete !== "") await this.write("\n");
      await this.#last;
    } finally {
      this.#file.close();
    }
  }
}
