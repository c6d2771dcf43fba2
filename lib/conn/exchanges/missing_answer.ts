/**
 * Explains why an exchange of an experiment has no complete answer.
 *
 * @module
 */

import type { ParsedResponse } from "../../http/response.ts";
import type { ErrorKind, Phase, ProbeError } from "../../result.ts";
import { classifyError } from "../../net/errors/classify_error.ts";
import { nameRenegotiation } from "../../net/tls/renegotiation.ts";
import type { StreamEnd } from "../../net/stream_end.ts";
import type { LoggedConnection } from "./segment.ts";

/**
 * Makes the error for an incomplete answer.
 *
 * @param end The end of the connection, unless our side was ending it
 */
export function missingAnswer(
  connection: LoggedConnection,
  response: ParsedResponse | undefined,
  end: StreamEnd | undefined,
): ProbeError {
  return nameRenegotiation(judge(connection, response, end), connection.transport);
}

function judge(
  { reader }: LoggedConnection,
  response: ParsedResponse | undefined,
  end: StreamEnd | undefined,
): ProbeError {
  const phase: Phase = response ? "body" : reader.partialHead.status === undefined ? "wait" : "head";
  const say = (kind: ErrorKind, by: ProbeError["by"], cause: string): ProbeError => ({
    kind,
    phase,
    by,
    message: `Cannot read the answer: ${cause}`,
  });
  const { failure } = reader;
  if (failure?.kind === "syntax" || failure?.kind === "limit") {
    return say(failure.kind, "target", failure.message);
  }
  switch (end?.how) {
    case "rst":
      return say("reset", "target", "the peer reset the connection");
    case "fin":
    case "close-notify":
      return say(response ? "truncated" : "closed", "target", "the peer closed the connection");
    case "tls-truncated":
      return say("truncated", "target", "the peer closed the connection without close_notify");
    case "error":
      return classifyError(end.error ?? new Error("the connection broke"), phase, "read the answer");
    case "closed":
    case undefined:
      return say("aborted", "local", "the experiment was over, and sonde closed the connection");
  }
}
