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
 * folder, and renames it once it is complete. That needs the permission to write both names, that is, the
 * folder.
 */
export class ReplacedFile implements Output, AsyncDisposable {
  readonly terminal = false;
  readonly broken = false;
  readonly #path: string;
  readonly #onReplaced: OnReplaced | undefined;
  #text = "";

  /**
   * @param path The file as the user wrote it.
   * @param onReplaced Told the size of the content that the file replaces, unless there is none.
   * @throws {LocalFault} If `--allow-write` does not cover the file and its temporary name.
   */
  constructor(path: string, onReplaced?: OnReplaced) {
    this.#path = path;
    this.#onReplaced = onReplaced;
    requireFolderAccess(["write"], [path, this.#temporary]);
  }

  get #temporary(): string {
    return `${this.#path}.new`;
  }

  /** Holds the text until the end. */
  write(text: string): Promise<void> {
    this.#text += text;
    return Promise.resolve();
  }

  /** Puts the file in place. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await Deno.writeTextFile(this.#temporary, this.#text);
      if (this.#onReplaced) await tellReplaced(this.#path, this.#onReplaced);
      await Deno.rename(this.#temporary, this.#path);
    } catch (error) {
      throw fileFault("write", this.#path, error);
    }
  }
}
