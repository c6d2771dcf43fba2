/**
 * The exception that ends a download early.
 *
 * @module
 */

import type { DownloadError } from "./download_result.ts";

/** Ends a download. It never leaves `download()`, which puts its detail into the result. */
export class DownloadFault extends Error {
  override readonly name = "DownloadFault";
  readonly detail: DownloadError;

  /** @param detail Error for the result */
  constructor(detail: DownloadError) {
    super(detail.message);
    this.detail = detail;
  }
}
