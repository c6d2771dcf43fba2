/**
 * Describes why reading stopped.
 *
 * @module
 */

import type { DeviationCode } from "./deviation.ts";
import { formatQuantity } from "../text/count.ts";
import type { ReaderState } from "./reader_options.ts";
import type { ParsedResponse, ReadFailure } from "./response.ts";
import type { SectionReader } from "./section_reader.ts";

/** Makes the failure of a fatal deviation. */
export function failureOf(
  code: DeviationCode,
  offset: number,
  message: string,
  phase: ReadFailure["phase"],
): ReadFailure {
  if (code === "empty-reply") return { kind: "closed", phase: "wait", offset, message, code };
  return { kind: code.startsWith("truncated-") ? "truncated" : "syntax", phase, offset, message, code };
}

/** RFC 9112 §9.8: a body that ends with the connection counts as incomplete if TLS did not end with close_notify. */
export function tlsTruncationFailure(offset: number, bytes: number): ReadFailure {
  const message = `TLS ended without close_notify after ${
    formatQuantity(bytes, "octet")
  } of a body that the end should complete`;
  return { kind: "truncated", phase: "body", offset, message, code: "tls-truncated" };
}

/** Makes the failure of a connection that ended without an error, but too early. */
export function unansweredFailure(offset: number, count: number): ReadFailure {
  const requests = formatQuantity(count, "request");
  const message = `The server ended the connection with ${requests} unanswered`;
  return { kind: "closed", phase: "wait", offset, message };
}

/** Makes the failure of a connection that the peer reset. */
export function resetFailure(reader: {
  readonly state: ReaderState;
  readonly offset: number;
  readonly responses: readonly ParsedResponse[];
}): ReadFailure | undefined {
  const { state, offset, responses } = reader;
  if (state !== "head" && state !== "body") return undefined;
  const last = responses.at(-1);
  const failure = { kind: "reset", offset } as const;
  if (last && state === "body") {
    const octets = formatQuantity(last.body.bytes, "octet");
    return { ...failure, phase: "body", message: `The peer reset the connection after ${octets} of content` };
  }
  const end = last ? last.offset + last.headBytes + last.body.wireBytes : 0;
  return offset > end
    ? { ...failure, phase: "head", message: "The peer reset the connection in the middle of a head" }
    : { ...failure, phase: "wait", message: "The peer reset the connection before any octet of a response" };
}

/** Describes the place in a head where the stream ended. */
export function describeUnfinishedHead(head: SectionReader | undefined, interim: number): string {
  if (!head) {
    const count = formatQuantity(interim, "interim response");
    return `The stream ended after ${count}, before a final one`;
  }
  if (!head.statusLine) return "The stream ended before the status-line was complete";
  const count = formatQuantity(head.fields.length, "field line");
  return `The stream ended in the head, after ${count}`;
}
