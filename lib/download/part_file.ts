/**
 * The file that a download is written to while it is not complete.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../text/count.ts";
import { isStrongTag, type Validator } from "./content_range.ts";

/** The state that another run needs to continue a part. */
export interface PartState extends Validator {
  /** URL that was asked for. */
  readonly url: string;
  /** Octets of the whole content, where it was announced. */
  readonly total?: number | undefined;
  /** Content-Encoding of the content, in lower case. */
  readonly coding?: string | undefined;
  /** The request, where it was none for the whole content by GET: `POST`, `bytes=10-19`. */
  readonly request?: string | undefined;
}

/** `FILE.part` beside `FILE`. */
export function partPath(file: string): string {
  return `${file}.part`;
}

/** `FILE.part.json`: which version of what the part is of. */
export function statePath(file: string): string {
  return `${file}.part.json`;
}

/** A part that an earlier run left. */
export interface LeftPart {
  readonly state: PartState;
  /** Octets that are there. */
  readonly size: number;
}

/**
 * Looks for a part that can be gone on with.
 *
 * @returns The part, or why it cannot be gone on with; nothing if there is none
 */
export function findPart(file: string, url: string): LeftPart | string | undefined {
  const info = ifThere(() => Deno.lstatSync(partPath(file)));
  if (info === undefined || info.isFile && info.size === 0) return undefined;
  if (!info.isFile) return `${partPath(file)} is not a plain file`;
  const text = ifThere(() => Deno.readTextFileSync(statePath(file)));
  if (text === undefined) return `there is no ${statePath(file)} to say what the part is of`;
  const state = parseState(text);
  if (state === undefined) return `${statePath(file)} cannot be read`;
  if (state.url !== url) return `the part is of ${state.url}`;
  if (state.request !== undefined) return `the part is of the answer to another request (${state.request})`;
  if (state.etag === undefined && state.lastModified === undefined) {
    return "the server gave nothing by which one version of the file can be told from another";
  }
  if (info.size > (state.total ?? Infinity)) {
    return `the part has ${formatQuantity(info.size, "octet")}, more than the ${
      formatCount(state.total ?? 0)
    } of the whole`;
  }
  return { state, size: info.size };
}

function parseState(text: string): PartState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Torn by a kill: as good as none.
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { url, etag, lastModified, total, coding, request } = value as Record<string, unknown>;
  if (typeof url !== "string") return undefined;
  return {
    url,
    // What somebody else may have written there must not get into a request.
    ...(typeof etag === "string" && isStrongTag(etag) && { etag }),
    ...(typeof lastModified === "string" && /^[\x20-\x7e]+$/.test(lastModified) && { lastModified }),
    ...(Number.isSafeInteger(total) && { total: total as number }),
    coding: typeof coding === "string" ? coding : undefined,
    request: typeof request === "string" ? request : undefined,
  };
}

/** A part that is being written. */
export class PartFile implements Disposable {
  readonly #path: string;
  readonly #file: Deno.FsFile;
  #closed = false;

  private constructor(path: string, file: Deno.FsFile) {
    this.#path = path;
    this.#file = file;
  }

  /** Begins a part; one that was left is replaced. */
  static create(file: string, state: PartState): PartFile {
    const path = partPath(file);
    removeIfThere(path);
    // Not through a link that somebody has put there: createNew follows none.
    const part = new PartFile(file, Deno.openSync(path, { write: true, createNew: true }));
    PartFile.record(file, state);
    return part;
  }

  /** Writes down what a part is of. */
  static record(file: string, state: PartState): void {
    removeIfThere(statePath(file));
    Deno.writeTextFileSync(statePath(file), `${JSON.stringify(state)}\n`, { createNew: true });
  }

  /** Goes on with a part that {@linkcode findPart} has found. */
  static append(file: string): PartFile {
    return new PartFile(file, Deno.openSync(partPath(file), { append: true }));
  }

  /** Writes octets behind those that are there. */
  write(data: Uint8Array): void {
    for (let at = 0; at < data.length;) {
      at += this.#file.writeSync(at === 0 ? data : data.subarray(at));
    }
  }

  /** Gives the part its final name; what has that name is replaced only if `overwrite`. */
  complete(overwrite: boolean): void {
    this.#close();
    if (overwrite) Deno.renameSync(partPath(this.#path), this.#path);
    else moveToNewName(partPath(this.#path), this.#path);
    removeIfThere(statePath(this.#path));
  }

  /** Leaves the part as it is, but so that no later run goes on with it. */
  forbidResume(): void {
    this.#close();
    removeIfThere(statePath(this.#path));
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#file.close();
  }

  [Symbol.dispose](): void {
    this.#close();
  }
}

/** Renaming replaces what somebody may have put there meanwhile; a second name for the file replaces nothing. */
function moveToNewName(from: string, to: string): void {
  try {
    Deno.linkSync(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw error;
    // A file system without links: the name is claimed first.
    Deno.openSync(to, { write: true, createNew: true }).close();
    Deno.renameSync(from, to);
    return;
  }
  Deno.removeSync(from);
}

function removeIfThere(path: string): void {
  ifThere(() => Deno.removeSync(path));
}

function ifThere<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
