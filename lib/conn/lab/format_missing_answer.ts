/**
 * Formats what came in place of an answer, for summaries.
 *
 * @module
 */

import { ASKED_TO_RENEGOTIATE } from "../../net/tls/renegotiation.ts";
import type { Answer } from "../answer.ts";
import { CLOSED_HERE } from "./format_end.ts";

/** Formats what came instead of an answer. */
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
      return answer.response ? "the answer did not come to an end in time" : "no answer came in time";
    case "malformed":
      return "something that is no HTTP response came";
    case "large":
      return "an answer with more content than is taken came";
    case "interrupted":
      return answer.fault ?? CLOSED_HERE;
  }
}
