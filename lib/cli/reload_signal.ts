/** Milliseconds between two looks at the file. */
const LOOK = 1000;

/** Calls for a reload when SIGHUP comes or the file was changed. One reload at a time; several calls are one. */
export class ReloadSignal implements Disposable {
  readonly #path: string;
  readonly #reload: () => Promise<void>;
  readonly #timer: ReturnType<typeof setInterval>;
  #seen: string | undefined;
  #reloading = false;
  #again = false;

  /**
   * @param path Looked at each second; a URL is not.
   * @param reload Must not throw.
   */
  constructor(path: string, reload: () => Promise<void>) {
    this.#path = path;
    this.#reload = reload;
    this.#seen = fingerprint(path);
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

  #look(): void {
    const now = fingerprint(this.#path);
    // While an editor puts a new file in place of the old one there may be none.
    if (now === undefined || now === this.#seen) return;
    this.#seen = now;
    this.#call();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGHUP", this.#call);
  }
}

/** Differs for every change of a file; `undefined` where there is no file. */
function fingerprint(path: string): string | undefined {
  if (/^https?:/.test(path)) return undefined;
  try {
    const { mtime, size, ino } = Deno.statSync(path);
    return `${mtime?.getTime()} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}
