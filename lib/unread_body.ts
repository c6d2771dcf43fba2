/**
 * Why content was not read to its end.
 *
 * @module
 */

import { ERROR_KINDS } from "./error_kind.ts";
import { fieldValues, splitList } from "./http/field_list.ts";
import type { BodyFacts, ErrorKind, HeaderField, UnreadReason } from "./result.ts";

/** What there is to judge by. */
export interface BodyOutcome {
  /** Of the request. */
  readonly method: string;
  readonly status?: number | undefined;
  readonly headers?: readonly HeaderField[] | undefined;
  /** Why reading stopped. */
  readonly error?: { readonly kind: ErrorKind } | undefined;
  readonly body: Pick<BodyFacts, "framing" | "bytes" | "complete">;
}

/**
 * Says why content was not read to its end, and how many octets are missing where the head says how many there are.
 *
 * @returns Nothing where all of it was read, where there is none, and where reading goes on
 */
export function describeUnread(outcome: BodyOutcome): Pick<BodyFacts, "unread" | "unreadBytes"> {
  const unread = reasonOf(outcome);
  if (unread === undefined) return {};
  const { headers = [], body } = outcome;
  const isCounted = unread === "head" || body.framing === "content-length";
  const length = isCounted ? announcedLength(headers) : undefined;
  if (length === undefined || length < body.bytes) return { unread };
  return { unread, unreadBytes: length - body.bytes };
}

function reasonOf({ method, status = 0, error, body }: BodyOutcome): UnreadReason | undefined {
  if (!body.complete) return error && ERROR_KINDS[error.kind].unread;
  // The answers to other requests with these codes have no content either.
  const never = status < 200 || status === 204 || status === 304;
  return method === "HEAD" && body.framing === "none" && !never ? "head" : undefined;
}

/** The length that the head announced, if all its Content-Length fields agree on one number. */
export function announcedLength(headers: readonly HeaderField[]): number | undefined {
  const elements = fieldValues(headers, "content-length").flatMap(splitList);
  const [first] = elements;
  if (first === undefined || !elements.every((element) => /^[0-9]+$/.test(element))) return undefined;
  const length = Number(first);
  return elements.every((element) => Number(element) === length) ? length : undefined;
}
