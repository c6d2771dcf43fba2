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
import { fileFault, LocalFault, requireFileAccess } from "../../local_fault.ts";

/** A list that is read during the run. */
export interface TargetList extends Disposable {
  readonly targets: AsyncIterable<BatchTarget | BadTarget>;
  /**
   * Gives the share of the list that is done, from 0 to 1; `undefined` if its size is not known.
   *
   * @param rows Rows so far, with those of an earlier run.
   */
  shareOf(rows: number): number | undefined;
  /**
   * Errors that ended the reading of a file early. sonde still probes the targets before the error, and the
   * other files.
   */
  readonly faults: readonly LocalFault[];
  /** Adds to the expected number of rows, beyond one for each target. */
  expectMore(rows: number): void;
}

/**
 * Opens all files of a list, so that an unreadable file ends the run before it begins.
 *
 * @param paths Files, `-` for stdin
 * @throws {LocalFault} If one of them cannot be read.
 */
export async function openList(
  paths: readonly string[],
  options: ReadTargetsOptions,
  io: Pick<CommandIo, "stdin">,
): Promise<TargetList> {
  const list = new FileList(options);
  for (const path of paths) await list.open(path, io);
  return list;
}

class FileList implements TargetList {
  readonly #options: ReadTargetsOptions;
  readonly #streams: [name: string, open: () => AsyncIterable<Uint8Array>][] = [];
  readonly #files: Deno.FsFile[] = [];
  #size = 0;
  #read = 0;
  /** Rows to expect for the targets read so far. */
  #count = 0;
  readonly #faults: LocalFault[] = [];

  constructor(options: ReadTargetsOptions) {
    this.#options = options;
  }

  shareOf(rows: number): number | undefined {
    if (!(this.#size > 0) || this.#count === 0) return undefined;
    // Targets that were read ahead are not done yet.
    return this.#read / this.#size * Math.min(1, rows / this.#count);
  }

  expectMore(rows: number): void {
    this.#count += rows;
  }

  get faults(): readonly LocalFault[] {
    return this.#faults;
  }

  get targets(): AsyncIterable<BatchTarget | BadTarget> {
    return this.#readAll();
  }

  async open(path: string, io: Pick<CommandIo, "stdin">): Promise<void> {
    if (path === "-") {
      this.#size = NaN;
      this.#streams.push(["stdin", () => readPieces(io.stdin, "stdin")]);
      return;
    }
    requireFileAccess("read", path);
    try {
      const file = await Deno.open(path);
      const { isFile, isDirectory, size } = await file.stat();
      if (isDirectory) throw new Deno.errors.IsADirectory();
      this.#size += isFile ? size : NaN;
      this.#files.push(file);
      this.#streams.push([path, () => readPieces(file.readable, path)]);
    } catch (error) {
      throw fileFault("read", path, error);
    }
  }

  async *#readAll(): AsyncGenerator<BatchTarget | BadTarget> {
    for (const [name, stream] of this.#streams) {
      try {
        for await (const target of readTargets(this.#counted(stream()), this.#options)) {
          this.#count++;
          yield target;
        }
      } catch (error) {
        if (error instanceof EncodingError) this.#faults.push(fileFault("read", name, error));
        else if (error instanceof LocalFault) this.#faults.push(error);
        else throw error;
      }
    }
  }

  async *#counted(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of stream) {
      this.#read += piece.length;
      yield piece;
    }
  }

  [Symbol.dispose](): void {
    for (const file of this.#files) {
      try {
        file.close();
      } catch {
        // The stream closed the file at its end.
      }
    }
  }
}
