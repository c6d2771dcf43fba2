/**
 * Judges the outcome of a request.
 *
 * @module
 */

import type { ParsedResponse } from "../../http/response.ts";
import type { ResponseReader } from "../../http/response_reader.ts";
import type { StreamEnd } from "../../net/stream_end.ts";
import type { Answer } from "../answer.ts";
import { formatFault } from "./format_end.ts";

/** The state of a connection after the wait for an answer. */
export interface AnswerState {
  readonly response: ParsedResponse | undefined;
  readonly reader: ResponseReader;
  readonly end: StreamEnd | undefined;
  /** True if the content exceeds the limit. */
  readonly large: boolean;
  /** True if the time for the answer ran out. */
  readonly late: boolean;
  /** `performance.now()` before the request was written. */
  readonly startedAt: number;
  readonly firstOctetAt: number | undefined;
  readonly lastOctetAt: number | undefined;
  /** True if the server asked to renegotiate TLS. */
  readonly askedToRenegotiate: boolean;
}

/** Describes the outcome of a request after the wait for its answer. */
export function describeAnswer(state: AnswerState): Answer {
  const { response, end, startedAt, firstOctetAt, lastOctetAt, askedToRenegotiate } = state;
  const type = judge(state);
  return {
    type,
    startedAt,
    firstOctetAt,
    lastOctetAt,
    response,
    fault: type === "interrupted" ? formatFault(end) : undefined,
    askedToRenegotiate: type !== "answered" && askedToRenegotiate,
  };
}

function judge({ response, reader, end, large, late }: AnswerState): Answer["type"] {
  if (response?.body.complete) return "answered";
  if (large) return "large";
  const { failure } = reader;
  if (failure?.kind === "syntax" || failure?.kind === "limit") return "malformed";
  if (late) return "late";
  switch (end?.how) {
    case "rst":
      return "reset";
    case "closed":
    case "error":
      return "interrupted";
    case "fin":
    case "close-notify":
    case "tls-truncated":
    case undefined:
      return "closed";
  }
}
