/**
 * Tells now and then how far a download has come.
 *
 * @module
 */

import type { DownloadOptions, DownloadProgress } from "./download_result.ts";

/** Milliseconds between two reports: more than ten a second nobody can read. */
const INTERVAL = 100;

/** The part of a destination that progress is about. */
interface Progressing {
  readonly file: string | undefined;
  readonly bytes: number;
}

/** Counts what has come and tells of it. */
export class ProgressTeller {
  /** Octets of content that came in this run. */
  received = 0;
  /** Octets of the whole content, once they are announced. */
  total: number | undefined;

  readonly #destination: Progressing;
  readonly #tell: DownloadOptions["onProgress"];
  #beganAt: number | undefined;
  #toldAt = -Infinity;

  constructor(destination: Progressing, tell: DownloadOptions["onProgress"]) {
    this.#destination = destination;
    this.#tell = tell;
  }

  /** Octets have come. */
  add(count: number): void {
    this.received += count;
    this.#beganAt ??= performance.now();
    this.#reportNowAndThen("content", this.#destination.bytes);
  }

  /** So many octets of the whole content are hashed. */
  check(hashed: number): void {
    this.total = this.#destination.bytes;
    this.#reportNowAndThen("digest", hashed);
  }

  /** Nothing more will come. */
  end(): void {
    this.#report("content", this.#destination.bytes);
  }

  #reportNowAndThen(phase: DownloadProgress["phase"], bytes: number): void {
    if (this.#tell !== undefined && performance.now() - this.#toldAt >= INTERVAL) this.#report(phase, bytes);
  }

  #report(phase: DownloadProgress["phase"], bytes: number): void {
    const now = performance.now();
    this.#toldAt = now;
    const { file } = this.#destination;
    this.#tell?.({
      phase,
      ...(file !== undefined && { name: file.replace(/^[^]*[/\\]/, "") }),
      bytes,
      ...(this.total !== undefined && { total: this.total }),
      received: this.received,
      elapsed: now - (this.#beganAt ?? now),
    });
  }
}
