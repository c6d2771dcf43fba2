/**
 * Limits after which a reader gives up on an answer.
 *
 * @module
 */

import type { OptionNames } from "../text/check_options.ts";

/** Limits of a reader. Each guards against a peer that never stops sending. */
export interface ReaderLimits {
  /**
   * Octets of one head or one trailer section. The default is 64 KiB: servers and proxies refuse heads of 8 to 32 KiB,
   * so a legitimate head is never larger.
   */
  readonly maxHead: number;
  /** Field lines of one head or trailer section; real responses have fewer than 100. */
  readonly maxFields: number;
  /** Interim (1xx) responses before one final response; together they may have 16 times the octets of `maxHead`. */
  readonly maxInterim: number;
  /**
   * Octets of one chunk-size line: extensions, blanks and leading zeros included. Nobody uses extensions, but endless
   * ones would keep a reader busy that only skips them (CVE-2023-39326).
   */
  readonly maxChunkLine: number;
  /**
   * Octets of chunked framing allowed for each octet of data, beyond {@linkcode FRAMING_ALLOWANCE}. One-octet chunks
   * without extension need 5; a peer that needs more than this wastes our time.
   */
  readonly maxFramingRatio: number;
}

/** Octets of chunked framing that are always allowed, whatever the ratio. */
export const FRAMING_ALLOWANCE = 64 * 1024;

/** A head above this size is a deviation (`large-head`) even where the limit allows it. */
export const LARGE_HEAD = 64 * 1024;

/** All interim responses together may have this many times `maxHead` octets. */
export const INTERIM_HEADS = 16;

/** The default limits. */
export const DEFAULT_LIMITS: ReaderLimits = {
  maxHead: 64 * 1024,
  maxFields: 1000,
  maxInterim: 1000,
  maxChunkLine: 4096,
  maxFramingRatio: 16,
};

/** Limits that a caller sets; a limit that is absent or `undefined` has its default. */
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
 * Adds the defaults to the limits that a caller sets.
 *
 * @throws {RangeError} If a limit is not a number, or is below 0
 */
export function settleLimits(given: LimitsInput = {}): ReaderLimits {
  const limits: { -readonly [Name in keyof ReaderLimits]: number } = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(LIMIT_NAMES) as (keyof ReaderLimits)[]) {
    const limit = given[name];
    if (limit === undefined) continue;
    if (!(typeof limit === "number" && limit >= 0)) {
      throw new RangeError(`Cannot use limits.${name} ${limit}: it must be 0 or more`);
    }
    limits[name] = limit;
  }
  return limits;
}

/** A limit that was exceeded. */
export interface LimitFailure {
  readonly message: string;
  /** Stream offset. */
  readonly offset: number;
}
