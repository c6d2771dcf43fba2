/**
 * Describes a request by the octets that were written.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { DEFAULT_LIMITS, type ReaderLimits } from "../http/limits.ts";
import { type ParsedRequest, parseRequests } from "../http/parse_request.ts";
import { escapeWire } from "../text/escape/wire.ts";
import type { WrittenRequest } from "../result.ts";
import { holdsCredentials, MASK, maskCredentials } from "./mask_credentials.ts";

/** The password of a request target in absolute-form. */
const TARGET_PASSWORD = /(\/\/[^/?#@:]*:)[^/?#@]*(?=@)/;

/** Octets of an excerpt. */
const EXCERPT = 400;

/** No limits: our own request cannot keep us busy. */
export const WRITTEN_LIMITS: ReaderLimits = {
  ...DEFAULT_LIMITS,
  maxHead: Infinity,
  maxFields: Infinity,
  maxChunkLine: Infinity,
  maxFramingRatio: Infinity,
};

/** Facts about the writing that the octets do not show. */
export interface WritingFacts {
  /** The system took all of them. */
  readonly complete: boolean;
  /**
   * Octets that the system took.
   *
   * @default {bytes.length} or 0, as `complete` says
   */
  readonly sentBytes?: number;
  /**
   * Whether the content is looked at as well: rules that it bends, and an excerpt that goes on into it. What somebody else
   * sends is nothing for an excerpt.
   *
   * @default {false}
   */
  readonly content?: boolean;
}

/** Describes the octets of a request. Values of fields with credentials are masked. */
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

/** Codes of the rules that are bent before an offset. */
function bentRules({ deviations }: ParsedRequest, end: number): string[] {
  const bent = deviations.filter((it) => it.offset < end && it.class !== "info");
  return [...new Set(bent.map(({ code }) => code))];
}

/** Masked before it is cut, so that no part of a value is left over. */
function excerptOf(bytes: Uint8Array): string {
  const masked = maskCredentials(bytes);
  const more = masked.length - EXCERPT;
  return escapeWire(masked.subarray(0, EXCERPT)) +
    (more > 0 ? `… ${formatQuantity(more, "octet")} more` : "");
}
