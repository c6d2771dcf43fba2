/**
 * The file that holds a download while it is incomplete.
 *
 * @module
 */

import { formatCount, formatQuantity } from "../text/count.ts";
import { isStrongTag, type Validator } from "./content_range.ts";

/** The state that another run needs to continue a part. */
export interface PartState extends Validator {
  /** The requested URL. */
  readonly url: string;
  /** Length of the whole content, if it was announced. */
  readonly total?: number | undefined;
  /** Content-Encoding of the content, in lower case. */
  readonly coding?: string | undefined;
  /** The request, if it was not for the whole content by GET: `POST`, `bytes=10-19`. */
  readonly request?: string | undefined;
}

/** `FILE.part` beside `FILE`. */
export function partPath(file: string): string {
  return `${file}.part`;
}

/** `FILE.part.json`: records which version of which content the part belongs to. */
export function statePath(file: string): string {
  return `${file}.part.json`;
}

/** A part that an earlier run left. */
export interface LeftPart {
  readonly state: PartState;
  /** Bytes of the part. */
  readonly size: number;
}

/**
 * Looks for a part that can be continued.
 *
 * @returns The part, or the reason why it cannot be continued; `undefined` if no part exists
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
    return "the server sent no ETag or Last-Modified that identifies the version of the file";
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
    // A kill tore the state, so it is useless.
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { url, etag, lastModified, total, coding, request } = value as Record<string, unknown>;
  if (typeof url !== "string") return undefined;
  return {
    url,
    // Somebody else may have written the file; their text must not get into a request.
    etag: typeof etag === "string" && isStrongTag(etag) ? etag : undefined,
    lastModified: typeof lastModified === "string" && /^[\x20-\x7e]+$/.test(lastModified)
      ? lastModified
      : undefined,
    total: Number.isSafeInteger(total) ? total as number : undefined,
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

  /** Begins a part and replaces an earlier one. */
  static create(file: string, state: PartState): PartFile {
    const path = partPath(file);
    removeIfThere(path);
    // createNew does not follow a link that somebody else may have put there.
    const part = new PartFile(file, Deno.openSync(path, { write: true, createNew: true }));
    PartFile.record(file, state);
    return part;
  }

  /** Writes the state that describes the part. */
  static record(file: string, state: PartState): void {
    removeIfThere(statePath(file));
    Deno.writeTextFileSync(statePath(file), `${JSON.stringify(state)}\n`, { createNew: true });
  }

  /** Continues a part that {@linkcode findPart} has found. */
  static append(file: string): PartFile {
    return new PartFile(file, Deno.openSync(partPath(file), { append: true }));
  }

  /** Appends bytes to the part. */
  write(data: Uint8Array): void {
    for (let at = 0; at < data.length;) {
      at += this.#file.writeSync(at === 0 ? data : data.subarray(at));
    }
  }

  /** Gives the part its final name; an existing file is replaced only if `overwrite` is set. */
  complete(overwrite: boolean): void {
    this.#close();
    if (overwrite) Deno.renameSync(partPath(this.#path), this.#path);
    else moveToNewName(partPath(this.#path), this.#path);
    removeIfThere(statePath(this.#path));
  }

  /** Keeps the part, but prevents a later run from continuing it. */
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

/** Renaming would replace a file that appeared meanwhile; a second (hard) link never replaces one. */
function moveToNewName(from: string, to: string): void {
  try {
    Deno.linkSync(from, to);
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) throw error;
    // A file system without hard links: claim the name first.
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
