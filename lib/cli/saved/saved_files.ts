/**
 * Files of saved rows, which are read piece by piece.
 *
 * @module
 */

import { readPieces } from "../input_file.ts";
import type { CommandIo } from "../io.ts";
import { fileFault, requireFileAccess } from "../local_fault.ts";
import { UsageError } from "../usage_error.ts";

/** One file, or stdin. */
export interface SavedFile {
  /** Its name in messages. */
  readonly name: string;
  /** Opens the stream of its bytes. A second call is not possible. */
  open(): AsyncIterable<Uint8Array>;
}

/** Files that were opened for reading, in order. */
export class SavedFiles implements Disposable {
  readonly #handles: Deno.FsFile[] = [];
  readonly #files: SavedFile[] = [];
  #size = 0;
  #read = 0;

  /**
   * Opens all files, so that an unreadable one ends the run before it begins.
   *
   * @param paths Files, `-` for stdin
   * @throws {LocalFault} If one of them cannot be read
   * @throws {UsageError} If stdin is named twice
   */
  static async open(paths: readonly string[], io: Pick<CommandIo, "stdin">): Promise<SavedFiles> {
    if (paths.filter((path) => path === "-").length > 1) {
      throw new UsageError("Cannot read stdin twice: - was given more than once");
    }
    const files = new SavedFiles();
    try {
      for (const path of paths) await files.#open(path, io);
      return files;
    } catch (error) {
      files[Symbol.dispose]();
      throw error;
    }
  }

  /** The files. */
  get all(): readonly SavedFile[] {
    return this.#files;
  }

  /** Gives the share of the bytes that was read, from 0 to 1; `undefined` if the size is not known. */
  share(): number | undefined {
    return this.#size > 0 ? Math.min(1, this.#read / this.#size) : undefined;
  }

  async #open(path: string, io: Pick<CommandIo, "stdin">): Promise<void> {
    if (path === "-") {
      this.#size = NaN;
      this.#files.push({ name: "stdin", open: () => this.#counted(readPieces(io.stdin, "stdin")) });
      return;
    }
    requireFileAccess("read", path);
    try {
      const file = await Deno.open(path);
      this.#handles.push(file);
      const { isFile, isDirectory, size } = await file.stat();
      if (isDirectory) throw new Deno.errors.IsADirectory();
      this.#size += isFile ? size : NaN;
      this.#files.push({ name: path, open: () => this.#counted(readPieces(file.readable, path)) });
    } catch (error) {
      throw fileFault("read", path, error);
    }
  }

  async *#counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of pieces) {
      this.#read += piece.length;
      yield piece;
    }
  }

  /** Closes all files. */
  [Symbol.dispose](): void {
    for (const handle of this.#handles) {
      try {
        handle.close();
      } catch {
        // Its stream closed it at the end.
      }
    }
  }
}
