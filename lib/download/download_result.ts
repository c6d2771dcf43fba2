/**
 * What a download gives and what it can be told: types only.
 *
 * @module
 */

import type { LimitOptions, ReachOptions, RequestOptions } from "../probe/options.ts";
import type { ErrorKind, Fault, Phase, ProbeResult } from "../result.ts";
import type { WireEvent } from "../wire/wire_event.ts";

/**
 * Why a download did not succeed: the kinds of a probe, and those of its own.
 *
 * - `status`: the answer is not the file (404, or a redirect that is not followed)
 * - `range`: the server gives other parts than those asked for
 * - `digest`: the file has another digest than was given
 * - `exists`: there is a file of that name, and it is not to be replaced
 * - `file`: the file cannot be written
 */
export type DownloadErrorKind = ErrorKind | "status" | "range" | "digest" | "exists" | "file";

/** Why a download did not succeed. */
export interface DownloadError {
  /** What went wrong. */
  kind: DownloadErrorKind;
  /** Absent where it has nothing to do with an exchange. */
  phase?: Phase;
  /** Whose fault it is; `local` says nothing about the server. */
  by: Fault;
  /** What was being done, to what, and what was found instead. */
  message: string;
}

/** Everything about one download. One object is one line of NDJSON. */
export interface DownloadResult {
  /** Version of this form. */
  schema: 1;
  /** As the user wrote it. */
  input: string;
  /** URL of the last request. */
  url: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** The content is complete, has the digest that was given, and stands in its file. */
  ok: boolean;
  /** Present if it is not ok. */
  error?: DownloadError;
  /** Path of the complete file. Absent without a file, and where it is not complete. */
  file?: string;
  /** Path of what there is of an incomplete file. */
  part?: string;
  /** Whether `resume` can go on with the part: the server named the version, and the digest does not speak against it. */
  resumable?: boolean;
  /** Octets of content that are there now, those of earlier runs included. */
  bytes: number;
  /** Octets of the whole content, as announced. */
  total?: number;
  /** Octets of content that came in this run. */
  received: number;
  /** Octets of an earlier run that were kept. */
  resumedAt?: number;
  /** Why octets of an earlier run were not kept. */
  restarted?: string;
  /** Octets of content a second, from the first octet of the answer to the last. */
  rate?: number;
  /** SHA-256 of the complete content in lower-case hex. */
  sha256?: string;
  /**
   * Milliseconds: `receive` from the first octets of content to the last, over all requests; `digest` for what of the digest
   * was left to do after that; `total` from the beginning to the file under its name. The phases of each request stand in
   * `exchanges`.
   */
  timings: { receive?: number; digest?: number; total: number };
  /** The requests that were made, in order, redirects in them. */
  exchanges: ProbeResult[];
}

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
