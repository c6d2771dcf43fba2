/**
 * Turns the content of an answer into a stream with back pressure.
 *
 * @module
 */

import type { ProbeError, ProbeResult } from "../result.ts";

/** Octets that may wait in the stream; beyond that, the connection is not read. */
const HIGH_WATER_MARK = 64 * 1024;

/** The content of one probe as a stream. */
export class BodyStream {
  /** The content, as it comes. */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  readonly #cancelled = new AbortController();
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  #room = Promise.withResolvers<void>();

  /** @param signal Ends the probe, and thus also the wait for a reader */
  constructor(signal: AbortSignal | undefined) {
    this.body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => this.#makeRoom(),
      cancel: (reason) => {
        this.#controller = undefined;
        this.#cancelled.abort(reason);
        this.#makeRoom();
      },
    }, { highWaterMark: HIGH_WATER_MARK, size: (piece) => piece?.length ?? 0 });
    signal?.addEventListener("abort", () => this.#makeRoom(), { once: true, signal: this.#cancelled.signal });
  }

  /** Aborts once the reader has cancelled the stream. */
  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Takes content. */
  take(data: Uint8Array): void {
    this.#controller?.enqueue(data.slice());
  }

  /** Returns a promise while the reader has to take content first. */
  drain(): Promise<void> | undefined {
    if ((this.#controller?.desiredSize ?? 1) > 0) return undefined;
    return this.#room.promise;
  }

  /** Ends the stream when the exchange ends: with an error if the content is incomplete. */
  end({ error }: ProbeResult): void {
    if (error) this.fail(new BodyStreamError(error));
    else this.#controller?.close();
    this.#controller = undefined;
  }

  /** Ends the stream with an error. */
  fail(reason: unknown): void {
    this.#controller?.error(reason);
    this.#controller = undefined;
  }

  #makeRoom(): void {
    this.#room.resolve();
    this.#room = Promise.withResolvers();
  }
}

/** The error of a stream whose content is incomplete. */
export class BodyStreamError extends Error {
  /** The error of the result. */
  readonly error: ProbeError;

  /**
   * Turns the error of a result into that of a stream.
   *
   * @param error The error of the result
   */
  constructor(error: ProbeError) {
    super(error.message);
    this.name = "BodyStreamError";
    this.error = error;
  }
}
