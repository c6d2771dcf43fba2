/**
 * The signal to read a task file again.
 *
 * @module
 */

import { isRemote, localImports } from "../../../watch/tasks/local_imports.ts";

/** Milliseconds between two checks of the files. */
const LOOK = 1000;

/**
 * Reloads when SIGHUP arrives, or when the file or one of its imports has changed. One reload runs at a time; calls
 * during a reload count as one.
 */
export class ReloadSignal implements Disposable {
  readonly #path: string;
  readonly #reload: () => Promise<void>;
  readonly #timer: ReturnType<typeof setInterval>;
  #files: readonly string[] = [];
  #seen: Look;
  #reloading = false;
  #again = false;

  /**
   * @param path Checked each second, unless it is a URL.
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
    // While an editor replaces the file, it may be missing.
    if (now.text === this.#seen.text || now.missing > this.#seen.missing) return;
    this.#seen = this.#lookAgain();
    this.#call();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGHUP", this.#call);
  }
}

/** The state of files: `text` differs after every change, `missing` counts missing files. */
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
