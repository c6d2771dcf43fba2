/**
 * Writes the content of a peer to stdout.
 *
 * @module
 */

import { TextDump } from "../../report/text_dump.ts";
import { LocalFault } from "../local_fault.ts";
import type { OctetStream } from "./output.ts";

/** Writes content unchanged. On a terminal it escapes control octets, so that a peer cannot steer the terminal. */
export class OctetOutput {
  readonly #stream: OctetStream;
  readonly #dump: TextDump | undefined;
  readonly #encoder = new TextEncoder();
  #last: Promise<void> = Promise.resolve();
  #broken = false;

  /** @param stream `Deno.stdout`. */
  constructor(stream: OctetStream) {
    this.#stream = stream;
    if (stream.isTerminal()) this.#dump = new TextDump();
  }

  /** True once the reader has gone away. A writer that sees it stops. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Writes all octets, after those of earlier calls. The caller must not change them until the promise is settled. */
  write(data: Uint8Array): Promise<void> {
    const bytes = this.#dump ? this.#encoder.encode(this.#dump.push(data)) : data;
    return this.#last = this.#writeAfter(this.#last, bytes);
  }

  /** Writes an incomplete character that was held back. */
  end(): Promise<void> {
    const rest = this.#dump?.end() ?? "";
    return this.#last = this.#writeAfter(this.#last, this.#encoder.encode(rest));
  }

  async #writeAfter(previous: Promise<void>, bytes: Uint8Array): Promise<void> {
    await previous;
    if (this.#broken) return;
    try {
      for (let at = 0; at < bytes.length;) at += await this.#stream.write(bytes.subarray(at));
    } catch (error) {
      if (!(error instanceof Deno.errors.BrokenPipe)) {
        throw new LocalFault(`Cannot write to stdout: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
      this.#broken = true;
    }
  }
}
