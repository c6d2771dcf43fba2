/**
 * The result of a download.
 *
 * @module
 */

import type { ErrorKind, Fault, Phase, ProbeResult } from "../result.ts";

/**
 * The kinds of error of a download: those of a probe, and some of its own.
 *
 * - `status`: the answer is not the file (404, or a redirect that is not followed)
 * - `range`: the server gives other parts than those asked for
 * - `digest`: the file has another digest than was given
 * - `exists`: there is a file of that name, and it is not to be replaced
 * - `file`: the file cannot be written
 */
export type DownloadErrorKind = ErrorKind | "status" | "range" | "digest" | "exists" | "file";

/** The error of a download. */
export interface DownloadError {
  /** Kind of the error. */
  kind: DownloadErrorKind;
  /** Absent where it has nothing to do with an exchange. */
  phase?: Phase;
  /** Whose fault it is; `local` says nothing about the server. */
  by: Fault;
  /** The attempted action, its object and the cause of the failure. */
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
  /** `resume` can continue the part: the server named its version, and the digest is not wrong. */
  resumable?: boolean;
  /** Octets of content that are there now, those of earlier runs included. */
  bytes: number;
  /** Octets of the whole content, as announced. */
  total?: number;
  /** Octets of content that came in this run. */
  received: number;
  /** Octets of an earlier run that were kept. */
  resumedAt?: number;
  /** The reason why the octets of an earlier run were discarded. */
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

/** Leaves out the members that are undefined: a fact that was not established is absent from a result. */
export function definedOnly<Result extends object>(
  members: { readonly [Name in keyof Result]: Result[Name] | undefined },
): Result {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Result;
}
