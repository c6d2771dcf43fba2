/**
 * Recognises that a server limits requests, and how long it asks clients to wait.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { fieldValues } from "../http/field_list.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** The longest wait in seconds that is read, about 31 years. */
const MOST_SECONDS = 999_999_999;

/** A refusal because of a limit. */
export interface Limited {
  readonly status: number;
  /** Milliseconds that the server asks to wait, if it names a time. */
  readonly retryAfter?: number;
}

/** The parts of an answer that reveal a limit. */
interface Refusal {
  readonly status: number;
  readonly headers: readonly FieldLine[];
}

/**
 * Tells whether an answer limits requests. A 429 does (RFC 6585 §4), and so does a 503 that names a time (RFC 9110
 * §15.6.4) if the first contact had another status. Any other 503 may be the answer to one kind of request.
 *
 * @param contact Status of the first contact
 * @param now Milliseconds since 1970, for a `Retry-After` that is a date
 */
export function readLimit(
  { status, headers }: Refusal,
  contact: number | undefined,
  now: number,
): Limited | undefined {
  if (status !== 429 && (status !== 503 || contact === 503)) return undefined;
  const retryAfter = parseRetryAfter(headers, now);
  if (status === 503 && retryAfter === undefined) return undefined;
  return withoutUndefined({ status, retryAfter });
}

/** RFC 9110 §10.2.3: seconds, or a date. */
export function parseRetryAfter(headers: readonly FieldLine[], now: number): number | undefined {
  const value = fieldValues(headers, "retry-after")[0]?.trim();
  if (value === undefined) return undefined;
  // A number beyond all sense still asks to wait long.
  if (/^[0-9]+$/.test(value)) return Math.min(Number(value), MOST_SECONDS) * 1000;
  // RFC 9110 §5.6.7: each of the three date formats begins with the name of a day.
  const date = /^[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Explains why nothing can be concluded. */
export function formatLimited({ status, retryAfter }: Limited): string {
  const wait = retryAfter === undefined ? "" : ` and asks to wait ${Math.ceil(retryAfter / 1000)} s`;
  return `the server limits requests, it answered with ${status}${wait}`;
}

/** Facts of an experiment that a limit made inconclusive. */
export function limitFacts({ status, retryAfter }: Limited): Record<string, unknown> {
  return { limitedBy: status, ...(retryAfter !== undefined && { retryAfter: Math.ceil(retryAfter / 1000) }) };
}
