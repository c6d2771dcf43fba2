/**
 * Makes the record of a response from its head.
 *
 * @module
 */

import type { Deviation } from "./deviation.ts";
import { decideFraming, type FramingVerdict, type OutstandingRequest } from "./framing.ts";
import { parsePersistence } from "./persistence.ts";
import type { InterimHead, ParsedResponse } from "./response.ts";
import type { SectionReader } from "./section_reader.ts";
import type { StatusLine } from "./status_line.ts";

/** The parts of a response other than its head. */
export interface ResponseContext {
  readonly request: OutstandingRequest;
  /** The interim responses before it. */
  readonly interim: InterimHead[];
  /** Deviations of the message; the reader adds to them while it reads. */
  readonly deviations: readonly Deviation[];
}

/** Decides the framing of the body after a complete head. */
export function frameHead(head: SectionReader, request: OutstandingRequest): FramingVerdict {
  const { version, status } = head.statusLine!;
  return decideFraming({ version, status, headers: head.fields }, request);
}

/** Makes the record of an interim response from its complete head. */
export function makeInterim(head: SectionReader): InterimHead {
  const { version, status, reason } = head.statusLine!;
  return { version, status, reason, headers: head.fields, offset: head.start };
}

/** Makes the record of a final response from its complete head; nothing of its body is read yet. */
export function makeResponse(
  head: SectionReader,
  verdict: FramingVerdict,
  context: ResponseContext,
): ParsedResponse {
  const { version, status, reason }: StatusLine = head.statusLine!;
  const { framing, length, next, reusable } = verdict;
  const announced = parsePersistence(version, head.fields);
  // RFC 9112 §9.3: a body without an end of its own announces the end of the connection.
  if (framing === "until-close") announced.persistent = false;
  const response: ParsedResponse = {
    version,
    status,
    reason,
    headers: head.fields,
    request: context.request,
    offset: head.start,
    headBytes: head.offset - head.start,
    interim: context.interim,
    body: { framing, bytes: 0, wireBytes: 0, complete: false, trailers: [] },
    announced,
    deviations: context.deviations,
  };
  if (framing === "content-length" && next === "body") response.body.expected = length;
  if (framing === "chunked") response.body.chunks = 0;
  if (next !== "switched") response.persistent = reusable && announced.persistent;
  return response;
}
