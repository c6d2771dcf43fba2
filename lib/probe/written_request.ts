/**
 * Describes a request by its written octets.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { DEFAULT_LIMITS, type ReaderLimits } from "../http/limits.ts";
import { type ParsedRequest, parseRequests } from "../http/parse_request.ts";
import { escapeWire } from "../text/escape/wire.ts";
import type { WrittenRequest } from "../result.ts";
import { holdsCredentials, MASK, maskCredentials } from "./mask_credentials.ts";

/** Matches the password of a request target in absolute-form. */
const TARGET_PASSWORD = /(\/\/[^/?#@:]*:)[^/?#@]*(?=@)/;

/** Maximum octets of an excerpt. */
const EXCERPT = 400;

/** No limits: we wrote the request, so it cannot overload the parser. */
export const WRITTEN_LIMITS: ReaderLimits = {
  ...DEFAULT_LIMITS,
  maxHead: Infinity,
  maxFields: Infinity,
  maxChunkLine: Infinity,
  maxFramingRatio: Infinity,
};

/** Facts about the writing that the octets do not show. */
export interface WritingFacts {
  /** True if the system accepted all of them. */
  readonly complete: boolean;
  /**
   * Octets that the system accepted.
   *
   * @default {bytes.length} if `complete`, otherwise 0
   */
  readonly sentBytes?: number;
  /**
   * Whether to describe the content as well: the rules that it breaks, and an excerpt that extends into it. Another
   * person's content does not belong in an excerpt.
   *
   * @default {false}
   */
  readonly content?: boolean;
}

/** Describes the octets of a request. Values of credential fields are masked. */
export function describeWritten(bytes: Uint8Array, facts: WritingFacts): WrittenRequest {
  const { complete, sentBytes = complete ? bytes.length : 0, content = false } = facts;
  const sent = { bytes: bytes.length, sentBytes, complete };
  const [request] = parseRequests(bytes, { limits: WRITTEN_LIMITS }).requests;
  if (!request) {
    return { ...sent, headers: [], headBytes: 0, bodyBytes: bytes.length, excerpt: excerptOf(bytes) };
  }
  const { method, target, version, headers, offset, headBytes } = request;
  const headEnd = offset + headBytes;
  const bent = bentRules(request, content ? Infinity : headEnd);
  return {
    ...sent,
    method,
    target: target.replace(TARGET_PASSWORD, `$1${MASK}`),
    version,
    headers: headers.map(([name, value]) => [name, holdsCredentials(name) ? MASK : value]),
    headBytes: headEnd,
    bodyBytes: bytes.length - headEnd,
    ...(bent.length > 0 && {
      deviations: bent,
      excerpt: excerptOf(content ? bytes : bytes.subarray(0, headEnd)),
    }),
  };
}

/** Gives the codes of the rules that are broken before an offset. */
function bentRules({ deviations }: ParsedRequest, end: number): string[] {
  const bent = deviations.filter((it) => it.offset < end && it.class !== "info");
  return [...new Set(bent.map(({ code }) => code))];
}

/** Masks the octets before cutting them, so that no part of a value remains. */
function excerptOf(bytes: Uint8Array): string {
  const masked = maskCredentials(bytes);
  const more = masked.length - EXCERPT;
  return escapeWire(masked.subarray(0, EXCERPT)) +
    (more > 0 ? `… ${formatQuantity(more, "octet")} more` : "");
}
