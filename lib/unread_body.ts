/**
 * Describes content that was not read to its end.
 *
 * @module
 */

import { ERROR_KINDS } from "./error_kind.ts";
import { fieldValues, splitList } from "./http/field_list.ts";
import type { BodyFacts, ErrorKind, HeaderField, UnreadReason } from "./result.ts";

/** The facts that the decision needs. */
export interface BodyOutcome {
  /** Method of the request. */
  readonly method: string;
  readonly status?: number | undefined;
  readonly headers?: readonly HeaderField[] | undefined;
  /** The error that ended the reading. */
  readonly error?: { readonly kind: ErrorKind } | undefined;
  /** The reading was ended on purpose. */
  readonly stopped?: boolean | undefined;
  readonly body: Pick<BodyFacts, "framing" | "bytes" | "complete">;
}

/**
 * Describes why content was not read to its end, and how many octets are missing, if the head tells the length.
 *
 * @returns An empty object if all content was read, if there is no content, or if reading goes on
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

function reasonOf({ method, status = 0, error, stopped, body }: BodyOutcome): UnreadReason | undefined {
  if (!body.complete && stopped) return "stopped";
  if (!body.complete) return error && ERROR_KINDS[error.kind].unread;
  // A response with one of these status codes never has content, whatever the method.
  const never = status < 200 || status === 204 || status === 304;
  return method === "HEAD" && body.framing === "none" && !never ? "head" : undefined;
}

/** Reads the length that the head announces, if all Content-Length fields agree on one number. */
export function announcedLength(headers: readonly HeaderField[]): number | undefined {
  const elements = fieldValues(headers, "content-length").flatMap(splitList);
  const [first] = elements;
  if (first === undefined || !elements.every((element) => /^[0-9]+$/.test(element))) return undefined;
  const length = Number(first);
  return elements.every((element) => Number(element) === length) ? length : undefined;
}
