/**
 * Puts the content of a download into its file, by way of a part, into a device, or into the caller's function.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { ContentDigest, type ReadBackOptions } from "./content_digest.ts";
import { DownloadFault } from "./download_fault.ts";
import type { DownloadOptions } from "./download_options.ts";
import { describeFileError } from "./file_error.ts";
import { dispositionName, urlName } from "./file_name.ts";
import { describeContent, type HeldContent, heldState, isBeginningOf, partState } from "./held_content.ts";
import { findPart, type LeftPart, PartFile, partPath } from "./part_file.ts";
import { checkDestinationFile, joinPath } from "./destination_file.ts";

/** Name of a file where neither field nor URL gives one. */
const NAMELESS = "download";

/** The destination of one download. */
export class Destination implements Disposable {
  /** Path of the file, once it is known. */
  file: string | undefined;
  /** Octets of content that are there. */
  bytes = 0;
  /** Version, length and coding of the content so far. */
  held: HeldContent = { validator: {} };
  /** Octets that an earlier run had left. */
  resumedAt: number | undefined;
  /** The reason why the part of an earlier run cannot be continued. */
  resumeRefusal: string | undefined;

  readonly #url: string;
  readonly #options: DownloadOptions;
  #part: PartFile | undefined;
  #device: Deno.FsFile | undefined;
  #digest: ContentDigest | undefined;
  #waiting: Promise<void>[] = [];

  /** @param url What was asked for first: it names the file and tells whose part a part is. */
  constructor(url: string, options: DownloadOptions) {
    this.#url = url;
    this.#options = options;
    this.file = options.file;
  }

  /** Path of what there is of an incomplete file. */
  get partPath(): string | undefined {
    return this.#part && this.file !== undefined ? partPath(this.file) : undefined;
  }

  /** Checks that the file may be written, and looks for a part. It needs no answer for that. */
  prepare(): void {
    if (this.#options.onBody) return;
    this.#guard(() => {
      const { folder = ".", resume = false } = this.#options;
      const name = urlName(this.#url);
      const file = this.file ?? (name === undefined ? undefined : joinPath(folder, name));
      // Without a name the permission is asked for with one that stands for it.
      this.#check(file ?? joinPath(folder, NAMELESS), this.file !== undefined);
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

  /** Goes on with a part. */
  continuePart(file: string, { state, size }: LeftPart): void {
    this.#part = this.#guard(() => PartFile.append(file));
    this.file = file;
    this.held = heldState(state);
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
   * Begins with the whole content.
   *
   * @param headers Of the answer
   * @param finalUrl The URL that gave it
   * @param total Octets that it promises
   * @returns A part of this very version that an earlier run left, if only the answer's name leads to it
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
      else if (left) this.resumeRefusal = "the server has another version by now";
      this.#part = PartFile.create(this.file, partState(this.#url, this.held, this.#options));
      return undefined;
    });
  }

  /** Takes down how many octets the whole has, where only the answer with a part says so. */
  noteTotal(total: number | undefined): void {
    if (this.held.total !== undefined || total === undefined) return;
    this.held = { ...this.held, total };
    const { file } = this;
    if (!this.#part || file === undefined) return;
    this.#guard(() => PartFile.record(file, partState(this.#url, this.held, this.#options)));
  }

  #chooseName(headers: readonly FieldLine[], finalUrl: string): string {
    const name = dispositionName(headers) ?? urlName(this.#url) ?? urlName(finalUrl) ?? NAMELESS;
    const file = joinPath(this.#options.folder ?? ".", name);
    this.#check(file, true);
    return file;
  }

  /** Takes octets of content. Promises of `onBody` are waited for in {@linkcode drain}. */
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

  /** Gives a promise where more must not be read yet. */
  drain(): Promise<void> | undefined {
    if (this.#waiting.length === 0) return undefined;
    return Promise.all(this.#waiting.splice(0)).then(() => {});
  }

  /**
   * All content is there.
   *
   * @returns Its digest
   */
  async digest(options: ReadBackOptions): Promise<string> {
    try {
      return await this.#digest!.finish(this.partPath, options);
    } catch (error) {
      throw this.#fault(error, this.partPath ?? "");
    }
  }

  /** The content is what was wanted: the file gets its name. */
  complete(): void {
    this.#guard(() => this.#part?.complete(this.#options.overwrite ?? false));
    this.#part = undefined;
  }

  /** The content is not what was wanted: no later run goes on with it. */
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

  /** Closes what is open. */
  [Symbol.dispose](): void {
    this.#part?.[Symbol.dispose]();
    this.#device?.close();
    this.#device = undefined;
  }
}

function writeAll(file: Deno.FsFile, data: Uint8Array): void {
  for (let at = 0; at < data.length;) at += file.writeSync(data.subarray(at));
}
