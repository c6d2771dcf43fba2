/**
 * The error for a limit that was exceeded. It names the phase, whose fault it is, and the time that was lost here.
 *
 * @module
 */

import type { Fault, Phase, ProbeError } from "../result.ts";
import { formatDuration } from "../text/duration.ts";

/** Whose fault it is when a phase takes too long: until a connection is there, it may be the way to the target. */
const TIMEOUT_FAULT: Readonly<Record<Phase, Fault>> = {
  dns: "network",
  connect: "network",
  tls: "target",
  send: "target",
  wait: "target",
  head: "target",
  body: "target",
};

/** The limit that was exceeded. */
export interface ExceededLimit {
  /** Milliseconds. */
  readonly limit: number;
  /** It is that of the whole exchange. */
  readonly whole: boolean;
  /** Milliseconds in which this process was stopped or busy meanwhile. */
  readonly lost: number;
  /** Too much time was lost to say anything of the peer. */
  readonly short: boolean;
}

/**
 * Makes the error.
 *
 * @param doing As in `Deadline.enter()`
 */
export function timeoutError(
  phase: Phase,
  doing: string,
  { limit, whole, lost, short }: ExceededLimit,
): ProbeError {
  const why = whole
    ? `the ${formatDuration(limit)} for the whole exchange are over`
    : describeLimit(phase, formatDuration(limit));
  return {
    kind: "timeout",
    phase,
    by: short ? "local" : TIMEOUT_FAULT[phase],
    message: `Cannot ${doing}: ${why}${lost > 0 ? describeLoss(lost, short) : ""}`,
  };
}

function describeLoss(ms: number, short: boolean): string {
  const lost = formatDuration(Math.ceil(ms));
  return short
    ? `; this process was stopped or busy for ${lost} of the time until now`
    : `, and so are ${lost} that were added because this process was stopped or busy for as long`;
}

/** A request that is taken and an answer that has begun have a limit for their pauses only. */
function describeLimit(phase: Phase, limit: string): string {
  if (phase === "send") return `nothing more was taken for ${limit} (--stall-timeout)`;
  if (phase === "head" || phase === "body") return `nothing new came for ${limit} (--stall-timeout)`;
  return `no success within ${limit}, the limit of ${LIMIT_NAME[phase]}`;
}

const LIMIT_NAME: Readonly<Record<Exclude<Phase, "send" | "head" | "body">, string>> = {
  dns: "the name lookup",
  connect: "one connect",
  tls: "the TLS handshake",
  wait: "the wait for the first octet",
};
