/**
 * How much of an answer is read before the reader gives up on it.
 *
 * @module
 */

/** Limits of a reader. Each guards against a peer that never comes to an end. */
export interface ReaderLimits {
  /**
   * Octets of one head, and of one trailer section.
   * The default is 64 KiB: servers and proxies refuse heads of 8 to 32 KiB, so nothing well-meant is larger.
   */
  readonly maxHead: number;
  /** Field lines of one head or trailer section; real responses have fewer than 100. */
  readonly maxFields: number;
  /** Interim (1xx) responses before one final response; their octets together may come to 16 heads. */
  readonly maxInterim: number;
  /**
   * Octets of one chunk-size line: extensions, blanks and leading zeros included. Nobody uses extensions,
   * and a reader that skips them for ever is kept busy for nothing (CVE-2023-39326).
   */
  readonly maxChunkLine: number;
  /**
   * Octets of chunked framing allowed for each octet of data, above {@linkcode FRAMING_ALLOWANCE}. One-octet chunks without
   * extension need 5; a peer that needs more than this is burning our time.
   */
  readonly maxFramingRatio: number;
}

/** Octets of chunked framing that are allowed whatever the ratio. */
export const FRAMING_ALLOWANCE = 64 * 1024;

/** A head above this size is a deviation (`large-head`) even where the limit allows it. */
export const LARGE_HEAD = 64 * 1024;

/** All interim responses together may have this many times `maxHead` octets. */
export const INTERIM_HEADS = 16;

/** The limits that hold when none are given. */
export const DEFAULT_LIMITS: ReaderLimits = {
  maxHead: 64 * 1024,
  maxFields: 1000,
  maxInterim: 1000,
  maxChunkLine: 4096,
  maxFramingRatio: 16,
};

/** A limit that was passed. */
export interface LimitFailure {
  readonly message: string;
  /** Stream offset. */
  readonly offset: number;
}
