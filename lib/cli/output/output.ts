/**
 * Where text goes: stdout, stderr or a file.
 *
 * @module
 */

import { LocalFault } from "../local_fault.ts";

/** Takes text in order. */
export interface Output {
  /** Whether a person sits in front of it. */
  readonly terminal: boolean;
  /**
   * True once the reader has gone away (`| head -1`). What is written from then on is dropped, so that the run can
   * end quietly; whoever writes many times looks here and stops.
   */
  readonly broken: boolean;
  /**
   * Writes all of the text. Several calls may be under way; they are written in the order of the calls.
   *
   * @returns Settles when the system has taken the text, so that awaiting it gives backpressure.
   * @throws {LocalFault} If it cannot be written for another reason than a reader that went away.
   */
  write(text: string): Promise<void>;
}

/** The part of `Deno.stdout` that is needed. */
export interface OctetStream {
  write(bytes: Uint8Array): Promise<number>;
  isTerminal(): boolean;
}

/** stdout or stderr. What is written while a write is under way goes out together in the next one. */
export class StreamOutput implements Output {
  readonly terminal: boolean;
  readonly #stream: OctetStream;
  readonly #name: string;
  readonly #encoder = new TextEncoder();
  #waiting: string[] = [];
  #pump: Promise<void> | undefined;
  #broken = false;

  /**
   * @param stream `Deno.stdout` or `Deno.stderr`.
   * @param name For messages: `stdout`.
   */
  constructor(stream: OctetStream, name: string) {
    this.#stream = stream;
    this.#name = name;
    this.terminal = stream.isTerminal();
  }

  get broken(): boolean {
    return this.#broken;
  }

  write(text: string): Promise<void> {
    if (this.#broken || text === "") return Promise.resolve();
    this.#waiting.push(text);
    return this.#pump ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        let bytes = this.#encoder.encode(this.#waiting.splice(0).join(""));
        while (bytes.length > 0) bytes = bytes.subarray(await this.#stream.write(bytes));
      }
    } catch (error) {
      this.#waiting = [];
      // Nobody reads any more. That is how `head` ends a pipe, not a fault.
      this.#broken = error instanceof Deno.errors.BrokenPipe;
      if (!this.#broken) {
        throw new LocalFault(`Cannot write to ${this.#name}: ${String(error)}`, { cause: error });
      }
    } finally {
      this.#pump = undefined;
    }
  }
}
