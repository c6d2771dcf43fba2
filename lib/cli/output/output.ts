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
  writeSync(bytes: Uint8Array): number;
  isTerminal(): boolean;
}

/** Octets that an empty pipe takes at once, on every system: PIPE_BUF of Linux. */
const AT_ONCE = 4_096;

/** stdout or stderr. What is written while a write is under way goes out together in the next one. */
export class StreamOutput implements Output {
  readonly terminal: boolean;
  readonly #stream: OctetStream;
  readonly #name: string;
  readonly #encoder = new TextEncoder();
  #waiting: string[] = [];
  #pump: Promise<void> | undefined;
  #broken = false;
  #begun = false;

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
    if (!this.#begun) return this.#begin(text);
    this.#waiting.push(text);
    return this.#pump ??= this.#writeAll();
  }

  /**
   * Most runs write one short text and end, and handing it to another thread takes longer than making it. What comes later
   * may come while others are measured, who must not wait for a slow reader.
   */
  #begin(text: string): Promise<void> {
    this.#begun = true;
    const rest = this.#writeAtOnce(this.#encoder.encode(text));
    return rest.length === 0 ? Promise.resolve() : this.#pump = this.#writeAll(rest);
  }

  #writeAtOnce(bytes: Uint8Array): Uint8Array {
    if (bytes.length > AT_ONCE) return bytes;
    try {
      return bytes.subarray(this.#stream.writeSync(bytes));
    } catch {
      // It will not go the other way either, where it is told why.
      return bytes;
    }
  }

  async #writeAll(rest?: Uint8Array): Promise<void> {
    try {
      let bytes = rest ?? this.#encodeWaiting();
      while (bytes.length > 0) {
        bytes = bytes.subarray(await this.#stream.write(bytes));
        if (bytes.length === 0) bytes = this.#encodeWaiting();
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

  #encodeWaiting(): Uint8Array {
    return this.#encoder.encode(this.#waiting.splice(0).join(""));
  }
}
