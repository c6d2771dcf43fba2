/**
 * The list of a batch, from files or stdin.
 *
 * @module
 */

import type { BadTarget, BatchTarget } from "../../../batch/batch_target.ts";
import { readTargets, type ReadTargetsOptions } from "../../../batch/read_targets.ts";
import { EncodingError } from "../../../text/decode/encoding_error.ts";
import type { CommandIo } from "../../io.ts";
import { readPieces } from "../../input_file.ts";
import { adviseMissingList } from "./list_advice.ts";
import { ReadAhead } from "./read_ahead.ts";
import { fileFault, LocalFault, requireFileAccess } from "../../local_fault.ts";

/** A list that is read during the run. */
export interface TargetList extends Disposable {
  readonly targets: AsyncIterable<BatchTarget | BadTarget>;
  /**
   * Gives the number of targets; `undefined` if it is not known. It is an estimate while a long list is not read to its
   * end. Without `count` it is not known before everything is read.
   */
  readonly size: number | undefined;
  /** True if the number of targets is exact. */
  readonly isCounted: boolean;
  /** True once every target was read. */
  readonly isRead: boolean;
  /**
   * Errors that ended the reading of a file early. sonde still probes the targets before the error, and the
   * other files.
   */
  readonly faults: readonly LocalFault[];
}

/** Options of {@linkcode openList}. */
export interface ListOptions extends ReadTargetsOptions {
  /** Reads ahead, so that the number of targets is known early. */
  readonly count: boolean;
}

/**
 * Opens all files of a list, so that an unreadable file ends the run before it begins.
 *
 * @param paths Files, `-` for stdin
 * @throws {LocalFault} If one of them cannot be read.
 */
export async function openList(
  paths: readonly string[],
  options: ListOptions,
  io: Pick<CommandIo, "stdin">,
): Promise<TargetList> {
  const { count, ...reading } = options;
  const list = new FileList(reading);
  for (const path of paths) await list.open(path, io);
  if (count) list.readAhead();
  return list;
}

/** One file of the list, or stdin. */
interface ListFile {
  readonly name: string;
  /** Length in octets; NaN if it is not known, as for a pipe. */
  readonly size: number;
  readonly open: () => AsyncIterable<Uint8Array>;
  ahead?: ReadAhead;
}

class FileList implements TargetList {
  readonly #options: ReadTargetsOptions;
  readonly #list: ListFile[] = [];
  readonly #files: Deno.FsFile[] = [];
  readonly #faults: LocalFault[] = [];
  /** Targets that were read so far. */
  #count = 0;
  #isRead = false;

  constructor(options: ReadTargetsOptions) {
    this.#options = options;
  }

  get isRead(): boolean {
    return this.#isRead;
  }

  get isCounted(): boolean {
    return this.#isRead || this.#list.every(({ ahead }) => ahead?.isCounted);
  }

  get size(): number | undefined {
    return this.#isRead ? this.#count : sizeOf(this.#list);
  }

  get faults(): readonly LocalFault[] {
    return this.#faults;
  }

  get targets(): AsyncIterable<BatchTarget | BadTarget> {
    return this.#readAll();
  }

  async open(path: string, io: Pick<CommandIo, "stdin">): Promise<void> {
    if (path === "-") {
      this.#list.push({ name: "stdin", size: NaN, open: () => readPieces(io.stdin, "stdin") });
      return;
    }
    requireFileAccess("read", path);
    try {
      const file = await Deno.open(path);
      const { isFile, isDirectory, size } = await file.stat();
      if (isDirectory) throw new Deno.errors.IsADirectory();
      this.#files.push(file);
      const open = (): AsyncIterable<Uint8Array> => readPieces(file.readable, path);
      this.#list.push({ name: path, size: isFile ? size : NaN, open });
    } catch (error) {
      const hint = error instanceof Deno.errors.NotFound ? adviseMissingList(path) : "";
      throw new LocalFault(`${fileFault("read", path, error).message}${hint}`, { cause: error });
    }
  }

  /** Reads the files ahead, one after the other, and counts their targets. */
  readAhead(): void {
    let last: Promise<void> = Promise.resolve();
    for (const file of this.#list) {
      const ahead = new ReadAhead(file.open(), this.#options);
      file.ahead = ahead;
      last = last.then(() => ahead.count());
    }
  }

  async *#readAll(): AsyncGenerator<BatchTarget | BadTarget> {
    for (const { name, open, ahead } of this.#list) {
      try {
        for await (const target of readTargets(ahead?.pieces() ?? open(), this.#options)) {
          this.#count++;
          yield target;
        }
      } catch (error) {
        if (error instanceof EncodingError) this.#faults.push(fileFault("read", name, error));
        else if (error instanceof LocalFault) this.#faults.push(error);
        else throw error;
      }
    }
    this.#isRead = true;
  }

  [Symbol.dispose](): void {
    for (const { ahead } of this.#list) ahead?.close();
    for (const file of this.#files) {
      try {
        file.close();
      } catch {
        // The stream closed the file at its end.
      }
    }
  }
}

/** Adds up the targets of the files; those of the rest of a long file are estimated by its octets. */
function sizeOf(files: readonly ListFile[]): number | undefined {
  let [targets, octets, rest] = [0, 0, 0];
  for (const { size, ahead } of files) {
    if (ahead === undefined) return undefined;
    targets += ahead.targets;
    octets += ahead.octets;
    if (!ahead.isCounted) rest += Math.max(0, size - ahead.octets);
  }
  if (rest === 0) return targets;
  return targets > 0 && rest >= 0 ? targets + rest * targets / octets : undefined;
}
