/**
 * The exception that ends a download early.
 *
 * @module
 */

import type { DownloadError } from "./download_result.ts";

/** Ends a download; never leaves `download()`, which makes its detail part of the result. */
export class DownloadFault extends Error {
  override readonly name = "DownloadFault";
  readonly detail: DownloadError;

  /** @param detail The error of the result */
  constructor(detail: DownloadError) {
    super(detail.message);
    this.detail = detail;
  }
}
