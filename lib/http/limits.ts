/**
 * Limits after which a reader gives up on an answer.
 *
 * @module
 */

import type { OptionNames } from "../text/check_options.ts";

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

/** Limits that a caller gives; those left out or `undefined` are the default ones. */
export type LimitsInput = { readonly [Name in keyof ReaderLimits]?: ReaderLimits[Name] | undefined };

/** Names of {@linkcode ReaderLimits}. */
export const LIMIT_NAMES = {
  maxHead: true,
  maxFields: true,
  maxInterim: true,
  maxChunkLine: true,
  maxFramingRatio: true,
} as const satisfies OptionNames<ReaderLimits>;

/**
 * Completes the limits of a caller with the default ones.
 *
 * @throws {RangeError} If a limit is not a number from 0 on
 */
export function settleLimits(given: LimitsInput = {}): ReaderLimits {
  const limits: { -readonly [Name in keyof ReaderLimits]: number } = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(LIMIT_NAMES) as (keyof ReaderLimits)[]) {
    const limit = given[name];
    if (limit === undefined) continue;
    if (!(typeof limit === "number" && limit >= 0)) {
      throw new RangeError(`Cannot use limits.${name} ${limit}: it must be a number from 0 on`);
    }
    limits[name] = limit;
  }
  return limits;
}

/** A limit that was passed. */
export interface LimitFailure {
  readonly message: string;
  /** Stream offset. */
  readonly offset: number;
}
