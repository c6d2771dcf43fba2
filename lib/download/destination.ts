/**
 * Writes the content of a download to its file by way of a part, to a device, or to the caller's function.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { ContentDigest, type ReadBackOptions } from "./content_digest.ts";
import { DownloadFault } from "./download_fault.ts";
import type { DownloadOptions } from "./download_options.ts";
import { describeFileError } from "./file_error.ts";
import { dispositionName, urlName } from "./file_name.ts";
import {
  describeContent,
  type HeldContent,
  isBeginningOf,
  partState,
  readPartState,
} from "./held_content.ts";
import { findPart, type LeftPart, PartFile, partPath } from "./part_file.ts";
import { checkDestinationFile, joinPath } from "./destination_file.ts";

/** Name of the file if neither a field nor the URL gives one. */
const FALLBACK_NAME = "download";

/** The destination of one download. */
export class Destination implements Disposable {
  /** Path of the file, once the name is decided. */
  file: string | undefined;
  /** Bytes of content that have been stored. */
  bytes = 0;
  /** Version, length and coding of the content so far. */
  held: HeldContent = { validator: {} };
  /** Bytes that an earlier run has left. */
  resumedAt: number | undefined;
  /** The reason why the part of an earlier run cannot be continued. */
  resumeRefusal: string | undefined;

  readonly #url: string;
  readonly #options: DownloadOptions;
  #part: PartFile | undefined;
  #device: Deno.FsFile | undefined;
  #digest: ContentDigest | undefined;
  #waiting: Promise<void>[] = [];

  /** @param url The requested URL: it names the file and identifies the part of an earlier run. */
  constructor(url: string, options: DownloadOptions) {
    this.#url = url;
    this.#options = options;
    this.file = options.file;
  }

  /** Path of the incomplete file. */
  get partPath(): string | undefined {
    return this.#part && this.file !== undefined ? partPath(this.file) : undefined;
  }

  /** Checks that the file may be written, and looks for a part. This needs no answer. */
  prepare(): void {
    if (this.#options.onBody) return;
    this.#guard(() => {
      const { folder = ".", resume = false } = this.#options;
      const name = urlName(this.#url);
      const file = this.file ?? (name === undefined ? undefined : joinPath(folder, name));
      // As the name is not known yet, the permission is requested for a placeholder.
      this.#check(file ?? joinPath(folder, FALLBACK_NAME), this.file !== undefined);
      if (!resume || file === undefined || this.#device) return;
      const left = findPart(file, this.#url);
      if (typeof left === "string") this.resumeRefusal = left;
      else if (left) this.continuePart(file, left);
    });
  }

  #check(file: string, isFinal: boolean): void {
    if (checkDestinationFile(file, isFinal, this.#options) === "file") return;
    this.#device = Deno.openSync(file, { write: true });
  }

  /** Continues a part. */
  continuePart(file: string, { state, size }: LeftPart): void {
    this.#part = this.#guard(() => PartFile.append(file));
    this.file = file;
    this.held = readPartState(state);
    this.bytes = size;
    this.resumedAt = size;
  }

  /** Loads what {@linkcode write} needs. */
  async open(): Promise<void> {
    const hasFile = !this.#options.onBody && !this.#device;
    this.#digest = await ContentDigest.open({ hasFile, behind: this.bytes > 0 });
  }

  /** Discards the part: the next request asks for the whole content, and no later run continues the part. */
  discard(): void {
    this.forbidResume();
    this.#reset();
  }

  #reset(): void {
    this.bytes = 0;
    this.held = { validator: {} };
    this.resumedAt = undefined;
  }

  /**
   * Begins to store the whole content.
   *
   * @param headers Fields of the answer
   * @param finalUrl URL that gave the answer
   * @param total Octets that the answer promises
   * @returns A part of this version from an earlier run, if only the answer's name reveals it
   */
  begin(headers: readonly FieldLine[], finalUrl: string, total: number | undefined): LeftPart | undefined {
    const isFirst = this.#part === undefined;
    this.#part?.[Symbol.dispose]();
    this.#part = undefined;
    this.#reset();
    this.held = describeContent(headers, total, this.#options);
    if (this.#options.onBody || this.#device) return undefined;
    return this.#guard(() => {
      this.file = this.#options.file ?? this.#chooseName(headers, finalUrl);
      const left = isFirst && this.#options.resume ? findPart(this.file, this.#url) : undefined;
      if (typeof left === "string") this.resumeRefusal = left;
      else if (left && isBeginningOf(left, this.held, headers)) return left;
      else if (left) this.resumeRefusal = "the server now has another version";
      this.#part = PartFile.create(this.file, partState(this.#url, this.held, this.#options));
      return undefined;
    });
  }

  /** Records the length of the whole content if only the answer with a part announces it. */
  noteTotal(total: number | undefined): void {
    if (this.held.total !== undefined || total === undefined) return;
    this.held = { ...this.held, total };
    const { file } = this;
    if (!this.#part || file === undefined) return;
    this.#guard(() => PartFile.record(file, partState(this.#url, this.held, this.#options)));
  }

  #chooseName(headers: readonly FieldLine[], finalUrl: string): string {
    const name = dispositionName(headers) ?? urlName(this.#url) ?? urlName(finalUrl) ?? FALLBACK_NAME;
    const file = joinPath(this.#options.folder ?? ".", name);
    this.#check(file, true);
    return file;
  }

  /** Takes a piece of content. {@linkcode drain} waits for the promises of `onBody`. */
  write(data: Uint8Array): void {
    const waiting = this.#options.onBody?.(data);
    if (waiting) this.#waiting.push(waiting);
    this.#guard(() => {
      this.#part?.write(data);
      if (this.#device) writeAll(this.#device, data);
    });
    this.bytes += data.length;
    this.#digest?.update(data);
  }

  /** Returns a promise while nothing more must be read. */
  drain(): Promise<void> | undefined {
    if (this.#waiting.length === 0) return undefined;
    return Promise.all(this.#waiting.splice(0)).then(() => {});
  }

  /**
   * Ends writing once all content has come.
   *
   * @returns Digest of the content
   */
  async digest(options: ReadBackOptions): Promise<string> {
    try {
      return await this.#digest!.finish(this.partPath, options);
    } catch (error) {
      throw this.#fault(error, this.partPath ?? "");
    }
  }

  /** Accepts the content: the file gets its name. */
  complete(): void {
    this.#guard(() => this.#part?.complete(this.#options.overwrite ?? false));
    this.#part = undefined;
  }

  /** Rejects the content: no later run continues it. */
  forbidResume(): void {
    this.#guard(() => this.#part?.forbidResume());
  }

  #guard<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      throw this.#fault(error, this.file ?? this.#options.folder ?? ".");
    }
  }

  #fault(error: unknown, file: string): DownloadFault {
    if (error instanceof DownloadFault) return error;
    if (this.#options.signal?.aborted) {
      return new DownloadFault({ kind: "aborted", by: "local", message: `Cannot read ${file}: aborted` });
    }
    return new DownloadFault(describeFileError(error, file));
  }

  /** Closes open files. */
  [Symbol.dispose](): void {
    this.#part?.[Symbol.dispose]();
    this.#device?.close();
    this.#device = undefined;
  }
}

function writeAll(file: Deno.FsFile, data: Uint8Array): void {
  for (let at = 0; at < data.length;) at += file.writeSync(data.subarray(at));
}
