/**
 * Formats the event that replaced an answer, for summaries.
 *
 * @module
 */

import { ASKED_TO_RENEGOTIATE } from "../../net/tls/renegotiation.ts";
import type { Answer } from "../answer.ts";
import { CLOSED_HERE } from "./format_end.ts";

/** Formats the event that came instead of an answer. */
export function formatMissingAnswer(answer: Answer): string {
  return answer.askedToRenegotiate ? `${formatType(answer)}; ${ASKED_TO_RENEGOTIATE}` : formatType(answer);
}

function formatType(answer: Answer): string {
  const part = answer.response ? " in the middle of the answer" : "";
  switch (answer.type) {
    case "answered":
      return "an answer came";
    case "closed":
      return `the connection was closed${part}`;
    case "reset":
      return `the connection was reset${part}`;
    case "late":
      return answer.response ? "the answer was not complete in time" : "no answer came in time";
    case "malformed":
      return "octets that are not an HTTP response came";
    case "large":
      return "an answer with too much content came";
    case "interrupted":
      return answer.fault ?? CLOSED_HERE;
  }
}
