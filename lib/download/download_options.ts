/**
 * Options of a download.
 *
 * @module
 */

import { LIMIT_OPTION_NAMES, REACH_OPTION_NAMES, REQUEST_OPTION_NAMES } from "../probe/option_names.ts";
import type { LimitOptions, ReachOptions, RequestOptions } from "../probe/options.ts";
import type { OptionNames } from "../text/check_options.ts";
import type { WireEvent } from "../wire/wire_event.ts";

/** The progress of a download. */
export interface DownloadProgress {
  /** `content` while the content arrives, `digest` while the file is read back for its digest. */
  readonly phase: "content" | "digest";
  /** Name of the file, once it is known. */
  readonly name?: string;
  /** Bytes of content in the file, including those of earlier runs; in the phase `digest`, bytes hashed. */
  readonly bytes: number;
  /** Bytes of the whole content, if the server announced them. */
  readonly total?: number;
  /** Octets of content that arrived in this run. */
  readonly received: number;
  /** Milliseconds since the first of these octets arrived. */
  readonly elapsed: number;
}

/** Options of {@linkcode download}. */
export interface DownloadOptions extends RequestOptions, ReachOptions, Omit<LimitOptions, "linger"> {
  /**
   * Path of the file. Without it, the name comes from `Content-Disposition` or from the URL, made safe, and the file
   * goes into `folder`. sonde writes to a device or pipe directly.
   */
  readonly file?: string | undefined;
  /**
   * Folder for a file that the server or the URL names.
   *
   * @default {"."}
   */
  readonly folder?: string | undefined;
  /**
   * Called with each piece of content; no file is written then. The bytes are valid until the function returns or its
   * promise settles, and the connection is not read until then.
   */
  readonly onBody?: ((data: Uint8Array) => void | Promise<void>) | undefined;
  /**
   * Replaces an existing file.
   *
   * @default {false}
   */
  readonly overwrite?: boolean | undefined;
  /**
   * Continues the part that an earlier run left, if the server still has the same version.
   *
   * @default {false}
   */
  readonly resume?: boolean | undefined;
  /** SHA-256 that the content must have, in hex. */
  readonly expectedSha256?: string | undefined;
  /**
   * Milliseconds in which the server must send more, or accept more of the request. They apply to the first octet too,
   * unless `firstByteTimeout` sets another limit.
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
   * Maximum octets of content of one answer.
   *
   * @default {Infinity}
   */
  readonly maxBody?: number | undefined;
  /**
   * Number of redirects to follow.
   *
   * @default {0}
   */
  readonly maxRedirects?: number | undefined;
  /** Called with the progress, at most ten times a second, and at the end. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Called with every event on the wire. The octets are valid only during the call. */
  readonly onWire?: ((event: WireEvent) => void) | undefined;
  /** Ends the download with the error `aborted`. The content so far stays as a part. */
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
