/**
 * Options of a download.
 *
 * @module
 */

import { LIMIT_OPTION_NAMES, REACH_OPTION_NAMES, REQUEST_OPTION_NAMES } from "../probe/option_names.ts";
import type { LimitOptions, ReachOptions, RequestOptions } from "../probe/options.ts";
import type { OptionNames } from "../text/check_options.ts";
import type { WireEvent } from "../wire/wire_event.ts";

/** How far a download has come. */
export interface DownloadProgress {
  /** `content` while it comes, `digest` while what came is read back for the digest. */
  readonly phase: "content" | "digest";
  /** Name of the file, once it is known. */
  readonly name?: string;
  /** Octets of content that are there, those of earlier runs included; in the phase `digest`, those that are hashed. */
  readonly bytes: number;
  /** Octets of the whole content, where it was announced. */
  readonly total?: number;
  /** Octets of content that came in this run. */
  readonly received: number;
  /** Milliseconds since the first of them came. */
  readonly elapsed: number;
}

/** What {@linkcode download} can be told. */
export interface DownloadOptions extends RequestOptions, ReachOptions, Omit<LimitOptions, "linger"> {
  /**
   * Path of the file. Left out, the name is that of `Content-Disposition` or of the URL, made safe, in `folder`.
   * A device or pipe is written to as it is.
   */
  readonly file?: string | undefined;
  /**
   * Folder for a name that the server gives.
   *
   * @default {"."}
   */
  readonly folder?: string | undefined;
  /**
   * Given the content in place of a file. The octets are valid during the call, or until the promise that it gives
   * is settled; nothing more is read until then.
   */
  readonly onBody?: ((data: Uint8Array) => void | Promise<void>) | undefined;
  /**
   * Replace a file of that name.
   *
   * @default {false}
   */
  readonly overwrite?: boolean | undefined;
  /**
   * Go on with the part that an earlier run left, if the server still has the same version.
   *
   * @default {false}
   */
  readonly resume?: boolean | undefined;
  /** SHA-256 that the content must have, in hex. */
  readonly expectedSha256?: string | undefined;
  /**
   * Milliseconds for which nothing new may come, or nothing more be taken of a request; for the first octet too, unless
   * `firstByteTimeout` says otherwise.
   *
   * @default {30_000}
   */
  readonly stallTimeout?: number | undefined;
  /**
   * Milliseconds for the whole download.
   *
   * @default {Infinity}
   */
  readonly maxTime?: number | undefined;
  /**
   * Octets of content of one answer.
   *
   * @default {Infinity}
   */
  readonly maxBody?: number | undefined;
  /**
   * How many redirects to follow.
   *
   * @default {0}
   */
  readonly maxRedirects?: number | undefined;
  /** Told now and then how far it has come, ten times a second at most, and at the end. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Given everything that happens on the wire; the octets are valid during the call only. */
  readonly onWire?: ((event: WireEvent) => void) | undefined;
  /** Ends the download with `aborted`; what has come is left as a part. */
  readonly signal?: AbortSignal | undefined;
}

const { linger: _, ...limitNames } = LIMIT_OPTION_NAMES;

/** Names of {@linkcode DownloadOptions}. */
export const DOWNLOAD_OPTION_NAMES = {
  ...REQUEST_OPTION_NAMES,
  ...REACH_OPTION_NAMES,
  ...limitNames,
  file: true,
  folder: true,
  onBody: true,
  overwrite: true,
  resume: true,
  expectedSha256: true,
  stallTimeout: true,
  maxRedirects: true,
  onProgress: true,
  onWire: true,
  signal: true,
} as const satisfies OptionNames<DownloadOptions>;
