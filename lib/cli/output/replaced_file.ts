/**
 * Writes a file under another name, and puts it in place once it is complete.
 *
 * @module
 */

import { requireFolderAccess } from "../folder_access.ts";
import { fileFault } from "../local_fault.ts";
import type { Output } from "./output.ts";
import { type OnReplaced, tellReplaced } from "./replaced_note.ts";

/**
 * A file that other programs may read at any moment. sonde writes it under a temporary name in the same
 * folder, and renames it once it is complete. That needs the permission to read and write both names, that
 * is, the folder.
 */
export class ReplacedFile implements Output, AsyncDisposable {
  readonly terminal = false;
  readonly broken = false;
  readonly #path: string;
  readonly #onReplaced: OnReplaced | undefined;
  readonly #encoder = new TextEncoder();
  #file: Deno.FsFile | undefined;
  #last: Promise<void> = Promise.resolve();
  #failed = false;

  /**
   * @param path The file as the user wrote it.
   * @param onReplaced Told the size of the content that the file replaces, unless there is none.
   * @throws {LocalFault} If `--allow-read` or `--allow-write` does not cover the file and its temporary name.
   */
  constructor(path: string, onReplaced?: OnReplaced) {
    this.#path = path;
    this.#onReplaced = onReplaced;
    // Deno renames only a file that it may read.
    requireFolderAccess(["read", "write"], [path, this.#temporary]);
  }

  get #temporary(): string {
    return `${this.#path}.new`;
  }

  /** Writes text under the temporary name. */
  write(text: string): Promise<void> {
    return text === "" ? this.#last : this.#last = this.#writeAfter(this.#last, text);
  }

  async #writeAfter(previous: Promise<void>, text: string): Promise<void> {
    await previous;
    try {
      const file = await this.#open();
      const octets = this.#encoder.encode(text);
      for (let at = 0; at < octets.length;) at += await file.write(octets.subarray(at));
    } catch (error) {
      this.#failed = true;
      throw fileFault("write", this.#path, error);
    }
  }

  async #open(): Promise<Deno.FsFile> {
    return this.#file ??= await Deno.open(this.#temporary, { write: true, create: true, truncate: true });
  }

  /** Puts the file in place, unless a part of it could not be written. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      // The caller of the failed write got the error.
      if (this.#failed) return await this.#discard();
      await this.#last;
      (await this.#open()).close();
      if (this.#onReplaced) await tellReplaced(this.#path, this.#onReplaced);
      await Deno.rename(this.#temporary, this.#path);
    } catch (error) {
      throw fileFault("write", this.#path, error);
    }
  }

  async #discard(): Promise<void> {
    if (this.#file === undefined) return;
    this.#file.close();
    await Deno.remove(this.#temporary);
  }
}
