/**
 * A file that rows are written to as they come.
 *
 * @module
 */

import { fileFault, requireFileAccess } from "../local_fault.ts";
import type { Output } from "./output.ts";

const LF = 0x0a;

/** A file that only ever holds whole lines, so that a run that was killed leaves nothing torn. */
export class FileOutput implements Output, AsyncDisposable {
  readonly terminal = false;
  readonly broken = false;
  readonly #path: string;
  readonly #file: Deno.FsFile;
  readonly #encoder = new TextEncoder();
  #incomplete = "";
  #last: Promise<void> = Promise.resolve();
  /** Octets of the file up to its last LF; `undefined` for what has no length, as a pipe. */
  #whole: number | undefined;
  #failed = false;

  private constructor(path: string, file: Deno.FsFile, size: number | undefined) {
    this.#path = path;
    this.#file = file;
    this.#whole = size;
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
      const file = await Deno.open(path, { write: true, create: true, append, truncate: !append });
      return new FileOutput(path, file, await sizeOf(file));
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

  /** A disk may be full in the middle of a line. */
  async #cutTornLine(written: Uint8Array): Promise<void> {
    // Where others write to the file too, what stands last is perhaps theirs.
    if (this.#whole === undefined || await sizeOf(this.#file) !== this.#whole + written.length) return;
    try {
      await this.#file.truncate(this.#whole + written.lastIndexOf(LF) + 1);
    } catch {
      // The fault that is told already is the one that matters.
    }
  }

  /** Ends a line that is still incomplete, waits for all writes and closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      // Who called for the write that failed was told.
      if (this.#failed) return;
      if (this.#incomplete !== "") await this.write("\n");
      await this.#last;
    } finally {
      this.#file.close();
    }
  }
}

/** Octets of a file; its `stat()` would take permission to read. */
async function sizeOf(file: Deno.FsFile): Promise<number | undefined> {
  try {
    return await file.seek(0, Deno.SeekMode.End);
  } catch {
    // A pipe, or a terminal.
    return undefined;
  }
}
