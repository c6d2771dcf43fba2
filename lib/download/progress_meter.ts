/**
 * Reports the progress of a download at intervals.
 *
 * @module
 */

import type { DownloadOptions, DownloadProgress } from "./download_options.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** Milliseconds between two reports: nobody can read more than ten a second. */
const INTERVAL = 100;

/** The part of a destination that progress describes. */
interface Progressing {
  readonly file: string | undefined;
  readonly bytes: number;
}

/** Counts received content and reports it. */
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

  /** Adds received octets. */
  add(count: number): void {
    this.received += count;
    this.#beganAt ??= performance.now();
    this.#notifyIfDue("content", this.#destination.bytes);
  }

  /** Records how many bytes of the whole content are hashed. */
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
    this.#onProgress?.(withoutUndefined({
      phase,
      name: file?.replace(/^[^]*[/\\]/, ""),
      bytes,
      total: this.total,
      received: this.received,
      elapsed: now - (this.#beganAt ?? now),
    }));
  }
}
