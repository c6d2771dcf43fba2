/**
 * The destinations of text: stdout, stderr or a file.
 *
 * @module
 */

import { LocalFault } from "../local_fault.ts";

/** A destination of text. */
export interface Output {
  /** True if the output is a terminal that understands control sequences: not with TERM=dumb. */
  readonly terminal: boolean;
  /**
   * True once the reader has gone away (`| head -1`). Later text is dropped, so that the run can end quietly.
   * A caller that writes many times should check this and stop.
   */
  readonly broken: boolean;
  /**
   * Writes all of the text. Several calls may be under way; their texts keep the order of the calls.
   *
   * @returns Settles when the system has accepted the text, so that awaiting it gives backpressure.
   * @throws {LocalFault} If writing fails for any reason but a reader that went away.
   */
  write(text: string): Promise<void>;
}

/** The part of `Deno.stdout` that outputs use. */
export interface OctetStream {
  write(bytes: Uint8Array): Promise<number>;
  writeSync(bytes: Uint8Array): number;
  isTerminal(): boolean;
}

/** Number of bytes that an empty pipe accepts at once on every system: PIPE_BUF of Linux. */
const AT_ONCE = 4_096;

/** stdout or stderr. Texts that arrive during a write go out together in the next one. */
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
   * @param name Its name in messages: `stdout`.
   * @param options `dumb`: the terminal, if it is one, knows no control sequences
   */
  constructor(stream: OctetStream, name: string, options: { readonly dumb?: boolean } = {}) {
    this.#stream = stream;
    this.#name = name;
    this.terminal = stream.isTerminal() && !options.dumb;
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
   * Writes the first text synchronously: most runs write one short text and end, and an asynchronous write
   * would go through another thread and take longer. Later texts may come during measurements, which must not
   * wait for a slow reader.
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
      // The asynchronous write fails too, and reports the reason.
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
      // The reader has gone away. `head` ends a pipe like this; it is no fault.
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
