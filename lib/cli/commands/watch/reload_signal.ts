/**
 * When a task file is to be read again.
 *
 * @module
 */

import { isRemote, localImports } from "../../../watch/tasks/local_imports.ts";

/** Milliseconds between two looks at the files. */
const LOOK = 1000;

/** Calls for a reload when SIGHUP comes, or when the file or something that it imports was changed. One reload at a time; several calls are one. */
export class ReloadSignal implements Disposable {
  readonly #path: string;
  readonly #reload: () => Promise<void>;
  readonly #timer: ReturnType<typeof setInterval>;
  #files: readonly string[] = [];
  #seen: Look;
  #reloading = false;
  #again = false;

  /**
   * @param path Looked at each second; a URL is not.
   * @param reload Must not throw.
   */
  constructor(path: string, reload: () => Promise<void>) {
    this.#path = path;
    this.#reload = reload;
    this.#seen = this.#lookAgain();
    this.#timer = setInterval(() => this.#look(), LOOK);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGHUP", this.#call);
  }

  readonly #call = (): void => {
    this.#again = true;
    if (!this.#reloading) void this.#reloadAll();
  };

  async #reloadAll(): Promise<void> {
    this.#reloading = true;
    while (this.#again) {
      this.#again = false;
      await this.#reload();
    }
    this.#reloading = false;
  }

  #lookAgain(): Look {
    this.#files = isRemote(this.#path) ? [] : localImports(this.#path);
    return lookAt(this.#files);
  }

  #look(): void {
    const now = lookAt(this.#files);
    // While an editor puts a new file in place of the old one there may be none.
    if (now.text === this.#seen.text || now.missing > this.#seen.missing) return;
    this.#seen = this.#lookAgain();
    this.#call();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGHUP", this.#call);
  }
}

/** What files look like: `text` differs for every change, `missing` counts those that are not there. */
interface Look {
  readonly text: string;
  readonly missing: number;
}

function lookAt(paths: readonly string[]): Look {
  const texts = paths.map((path) => {
    try {
      const { mtime, size, ino } = Deno.statSync(path);
      return `${mtime?.getTime()} ${size} ${ino}`;
    } catch {
      return undefined;
    }
  });
  return { text: texts.join(), missing: texts.filter((text) => text === undefined).length };
}
