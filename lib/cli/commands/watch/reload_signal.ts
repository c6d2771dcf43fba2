/**
 * The signal to read a task file again.
 *
 * @module
 */

import { isRemote, localImports } from "../../../watch/tasks/local_imports.ts";

/** Milliseconds between two checks of the files. */
const LOOK = 1000;

/** Number of checks in a row at which a file may be missing: an editor may be replacing it. */
const PATIENCE = 10;

/**
 * Reloads when SIGHUP arrives, or when the file, one of its imports or a file that it names has changed. One reload
 * runs at a time; calls during a reload count as one.
 */
export class ReloadSignal implements Disposable {
  readonly #path: string;
  readonly #reload: () => Promise<void>;
  readonly #named: () => readonly string[];
  readonly #timer: ReturnType<typeof setInterval>;
  /** The files with the state in which they were seen. */
  #seen: Looks = new Map();
  /** Number of checks in a row at which a file was missing. */
  #missing = 0;
  #reloading = false;
  #again = false;

  /**
   * @param path Checked each second, unless it is a URL.
   * @param reload Must not throw.
   * @param named Gives the other files that the file names, such as certificates.
   */
  constructor(path: string, reload: () => Promise<void>, named: () => readonly string[] = () => []) {
    this.#path = path;
    this.#reload = reload;
    this.#named = named;
    this.#findFiles();
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
      // A change from before a signal needs no second reload.
      this.#seen = this.#lookAgain();
      await this.#reload();
    }
    // The file may name other files now.
    this.#findFiles();
    this.#reloading = false;
  }

  /** Finds the files, and keeps what was seen of those that are known: a change during a reload is not lost. */
  #findFiles(): void {
    const imports = isRemote(this.#path) ? [] : localImports(this.#path);
    const files = [...imports, ...this.#named().filter(mayRead)];
    this.#seen = new Map(
      files.map((path) => [path, this.#seen.has(path) ? this.#seen.get(path) : lookAt(path)]),
    );
  }

  #lookAgain(): Looks {
    return new Map([...this.#seen.keys()].map((path) => [path, lookAt(path)]));
  }

  #look(): void {
    const now = this.#lookAgain();
    const isSame = [...now].every(([path, look]) => look === this.#seen.get(path));
    this.#missing = countMissing(now) > countMissing(this.#seen) ? this.#missing + 1 : 0;
    if (isSame || this.#missing > 0 && this.#missing < PATIENCE) return;
    this.#seen = now;
    this.#findFiles();
    this.#call();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    if (Deno.build.os !== "windows") Deno.removeSignalListener("SIGHUP", this.#call);
  }
}

/** The state of each file: a text that differs after every change, or `undefined` if the file is missing. */
type Looks = ReadonlyMap<string, string | undefined>;

/** Deno would ask on the terminal for a file that it may not read. */
function mayRead(path: string): boolean {
  return Deno.permissions.querySync({ name: "read", path }).state === "granted";
}

function lookAt(path: string): string | undefined {
  try {
    const { mtime, size, ino } = Deno.statSync(path);
    return `${mtime?.getTime()} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}

function countMissing(looks: Looks): number {
  return [...looks.values()].filter((look) => look === undefined).length;
}
