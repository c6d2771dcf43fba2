/**
 * Formats ends of connections for summaries and transcripts.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { explainTls } from "../../net/errors/explain_tls.ts";
import type { StreamEnd } from "../../net/stream_end.ts";
import { describePeerEnd } from "../../wire/describe_event.ts";
import type { EndFacts } from "../answer.ts";

/** Maximum milliseconds between close_notify and a FIN that belongs to it. */
const FIN_GAP = 50;

/** Formats the end of a connection as a noun: `FIN`, `RST`, `close_notify and FIN`, `a FIN without close_notify`. */
export function formatHow(how: string, { fin, finAfter = 0 }: Omit<EndFacts, "how"> = {}): string {
  switch (how) {
    case "fin":
      return "FIN";
    case "close-notify":
      if (fin === undefined) return "close_notify";
      if (!fin) return "close_notify without FIN";
      return finAfter < FIN_GAP
        ? "close_notify and FIN"
        : `close_notify (FIN ${formatDuration(finAfter)} later)`;
    case "rst":
      return "RST";
    case "tls-truncated":
      return "a FIN without close_notify";
    default:
      return how;
  }
}

/** Formats the end of a connection as a sentence of its own. */
export function formatEnd(how: StreamEnd["how"]): string {
  switch (how) {
    case "closed":
      return "closed by sonde";
    case "error":
      return "failed";
    default:
      return describePeerEnd(how);
  }
}

/** The reason, in words, why a connection that sonde closed is unusable. */
export const CLOSED_HERE = "sonde closed the connection";

/** Formats the reason why a connection is unusable although its peer did not end it. */
export function formatLoss(end: StreamEnd | undefined): string {
  return formatFault(end) ?? CLOSED_HERE;
}

/** Formats an event below HTTP that ended a connection, such as a TLS alert. */
export function formatFault(end: StreamEnd | undefined): string | undefined {
  return end?.error && `the connection broke: ${explainTls(end.error.message)}`;
}
