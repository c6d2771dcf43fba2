/**
 * The result of a download.
 *
 * @module
 */

import type { ErrorKind, Fault, Phase, ProbeResult } from "../result.ts";

/**
 * The error kinds of a download: those of a probe and some of its own.
 *
 * - `status`: the answer is not the file (404, or a redirect that is not followed)
 * - `range`: the server sent another part than the requested one
 * - `digest`: the file does not have the expected digest
 * - `exists`: a file with that name exists and may not be replaced
 * - `file`: the file cannot be written
 */
export type DownloadErrorKind = ErrorKind | "status" | "range" | "digest" | "exists" | "file";

/** The error of a download. */
export interface DownloadError {
  /** Kind of the error. */
  kind: DownloadErrorKind;
  /** Absent if the error does not belong to an exchange. */
  phase?: Phase;
  /** The party at fault; `local` says nothing about the server. */
  by: Fault;
  /** The attempted action, its object and the cause of the failure. */
  message: string;
  /** The flags of Deno that grant a missing permission, as `--allow-write=.`; absent with other errors. */
  grant?: string[];
}

/** The data of one download. One object is one line of NDJSON. */
export interface DownloadResult {
  /** Version of the format. */
  schema: 1;
  /** The target as the user wrote it. */
  input: string;
  /** URL of the last request. */
  url: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** The content is complete, has the expected digest, and is stored in its file. */
  ok: boolean;
  /** Present if `ok` is false. */
  error?: DownloadError;
  /** Path of the complete file. Absent without a file, and while it is incomplete. */
  file?: string;
  /** Path of the incomplete file. */
  part?: string;
  /** True if `resume` can continue the part: the server named its version, and the digest is not wrong. */
  resumable?: boolean;
  /** Bytes of content that are stored now, including those of earlier runs. */
  bytes: number;
  /** Bytes of the whole content, as announced. */
  total?: number;
  /** Octets of content that came in this run. */
  received: number;
  /** Bytes that this run kept from an earlier one. */
  resumedAt?: number;
  /** The reason why the bytes of an earlier run were discarded. */
  restarted?: string;
  /** Octets of content per second, from the first octet of the answer to the last. */
  rate?: number;
  /** SHA-256 of the complete content in lower-case hex. */
  sha256?: string;
  /**
   * Milliseconds: `receive` from the first octet of content to the last, over all requests; `digest` for hashing the
   * bytes that were still unhashed after that; `total` from the start until the file has its name. `exchanges` has the
   * phases of each request.
   */
  timings: { receive?: number; digest?: number; total: number };
  /** The requests in order, including redirects. */
  exchanges: ProbeResult[];
}
