/**
 * Reads the files that a task file names.
 *
 * @module
 */

/** Matches absolute paths, also those of Windows. */
const ABSOLUTE = /^(?:[A-Za-z]:)?[/\\]/;

/** Reads the octets of a file. Throws if that fails. */
export type ReadOctets = (path: string) => Uint8Array;

/** Finds and reads the files that a task file names. A relative path begins at the folder of the task file. */
export class TaskFiles {
  readonly #folder: string | undefined;
  readonly #read: ReadOctets;
  readonly #paths = new Set<string>();

  /**
   * Makes the files of one task file.
   *
   * @param folder Folder of the task file; `undefined` if it was loaded over the network
   */
  constructor(folder: string | undefined, read: ReadOctets = readOctets) {
    this.#folder = folder;
    this.#read = read;
  }

  /** The files that were named so far. */
  get paths(): readonly string[] {
    return [...this.#paths];
  }

  /**
   * Gives the path of a file, and remembers the file.
   *
   * @throws {SyntaxError} If the path is empty, or relative although the task file has no folder
   */
  locate(path: string): string {
    const located = this.resolve(path);
    this.#paths.add(located);
    return located;
  }

  /** Gives the path of a file that is not read. */
  resolve(path: string): string {
    if (path === "") throw new SyntaxError("the path is empty");
    if (ABSOLUTE.test(path) || this.#folder === ".") return path;
    if (this.#folder !== undefined) return `${this.#folder}/${path}`;
    throw new SyntaxError(
      `${path} is relative, but a task file from the network has no folder: write an absolute path`,
    );
  }

  /**
   * Reads a file.
   *
   * @throws {SyntaxError} If it cannot be read; the message names the path and the reason
   */
  read(path: string): Uint8Array {
    const located = this.locate(path);
    try {
      return this.#read(located);
    } catch (error) {
      throw new SyntaxError(`Cannot read ${located}: ${(error as Error).message}`);
    }
  }
}

function readOctets(path: string): Uint8Array {
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") {
    throw new SyntaxError(`this needs --allow-read=${path}`);
  }
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    throw new SyntaxError(describeUnreadable(error as Error));
  }
}

/** Describes why a file cannot be read. */
export function describeUnreadable(error: Error): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.PermissionDenied) return "the system does not allow it";
  return error instanceof Deno.errors.IsADirectory ? "it is a folder" : error.message;
}
