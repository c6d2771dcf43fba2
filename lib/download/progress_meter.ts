/**
 * Tells now and then how far a download has come.
 *
 * @module
 */

import type { DownloadOptions, DownloadProgress } from "./download_options.ts";

/** Milliseconds between two reports: more than ten a second nobody can read. */
const INTERVAL = 100;

/** The part of a destination that progress is about. */
interface Progressing {
  readonly file: string | undefined;
  readonly bytes: number;
}

/** Counts what has come and tells of it. */
export class ProgressMeter {
  /** Octets of content that came in this run. */
  received = 0;
  /** Octets of the whole content, once they are announced. */
  total: number | undefined;

  readonly #destination: Progressing;
  readonly #onProgress: DownloadOptions["onProgress"];
  #beganAt: number | undefined;
  #notifiedAt = -Infinity;

  constructor(destination: Progressing, onProgress: DownloadOptions["onProgress"]) {
    this.#destination = destination;
    this.#onProgress = onProgress;
  }

  /** Octets have come. */
  add(count: number): void {
    this.received += count;
    this.#beganAt ??= performance.now();
    this.#notifyIfDue("content", this.#destination.bytes);
  }

  /** Notes the number of octets of the whole content that are hashed. */
  addHashed(hashed: number): void {
    this.total = this.#destination.bytes;
    this.#notifyIfDue("digest", hashed);
  }

  /** Ends the progress: no more content will arrive. */
  end(): void {
    this.#notify("content", this.#destination.bytes);
  }

  #notifyIfDue(phase: DownloadProgress["phase"], bytes: number): void {
    if (this.#onProgress !== undefined && performance.now() - this.#notifiedAt >= INTERVAL) {
      this.#notify(phase, bytes);
    }
  }

  #notify(phase: DownloadProgress["phase"], bytes: number): void {
    const now = performance.now();
    this.#notifiedAt = now;
    const { file } = this.#destination;
    this.#onProgress?.({
      phase,
      ...(file !== undefined && { name: file.replace(/^[^]*[/\\]/, "") }),
      bytes,
      ...(this.total !== undefined && { total: this.total }),
      received: this.received,
      elapsed: now - (this.#beganAt ?? now),
    });
  }
}
