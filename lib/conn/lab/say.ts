/**
 * Figures, answers and ends in words, for summaries and transcripts.
 *
 * @module
 */

import { explainTls } from "../../net/errors/explain_tls.ts";
import { ASKED_TO_RENEGOTIATE } from "../../net/tls/renegotiation.ts";
import type { Answer, LineEnd, PeerEnd } from "../answer.ts";

/** FIN that comes so many milliseconds behind close_notify, or sooner, comes with it. */
const TOGETHER = 50;

/** Milliseconds for people: `3.2 ms`, `250 ms`, `5.01 s`. */
export function sayMs(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
  return `${Number((ms / 1000).toFixed(2))} s`;
}

/** `1 request`, `3 requests`. */
export function sayCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** How a peer ended a connection: `FIN`, `RST`, `close_notify and FIN`, `a FIN without close_notify`. */
export function sayHow(how: string, { fin, finAfter = 0 }: Omit<PeerEnd, "how"> = {}): string {
  switch (how) {
    case "fin":
      return "FIN";
    case "close-notify":
      if (fin === undefined) return "close_notify";
      if (!fin) return "close_notify without FIN";
      return finAfter < TOGETHER ? "close_notify and FIN" : `close_notify (FIN ${sayMs(finAfter)} later)`;
    case "rst":
      return "RST";
    case "tls-truncated":
      return "a FIN without close_notify";
    default:
      return how;
  }
}

/** In words, how a connection ended. */
export function sayEnd(how: LineEnd["how"]): string {
  switch (how) {
    case "fin":
      return "closed by the peer (FIN)";
    case "close-notify":
      return "TLS ended by the peer (close_notify)";
    case "rst":
      return "reset by the peer (RST)";
    case "tls-truncated":
      return "cut by the peer without close_notify";
    case "closed":
      return "closed by us";
    case "error":
      return "failed";
  }
}

const CLOSED_HERE = "the connection was closed here";

/** In words, why a connection that its peer did not end cannot be used any more. */
export function sayLoss(end: LineEnd | undefined): string {
  return sayFault(end) ?? CLOSED_HERE;
}

/** In words, what came that ended the connection below HTTP, as a TLS alert. */
export function sayFault(end: LineEnd | undefined): string | undefined {
  return end?.error && `the connection broke: ${explainTls(end.error.message)}`;
}

/** In words, what came in place of an answer. */
export function sayMiss(answer: Answer): string {
  return answer.askedToRenegotiate ? `${sayType(answer)}; ${ASKED_TO_RENEGOTIATE}` : sayType(answer);
}

function sayType(answer: Answer): string {
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
