/**
 * Makes the error of an exceeded limit, with the phase, the party at fault, and the time that this process lost.
 *
 * @module
 */

import type { Fault, Phase, ProbeError } from "../result.ts";
import { formatDuration } from "../text/duration.ts";

/** The party at fault if a phase takes too long: before a connection exists, it may be the network. */
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
  /** Names the whole if this is its limit; `undefined` for the limit of a phase. */
  readonly whole: string | undefined;
  /** Milliseconds during which this process was stopped or busy. */
  readonly lost: number;
  /** True if so much time was lost that the peer cannot be blamed. */
  readonly short: boolean;
}

/**
 * Makes the error.
 *
 * @param doing The action, as in `Deadline.enter()`
 */
export function timeoutError(
  phase: Phase,
  doing: string,
  { limit, whole, lost, short }: ExceededLimit,
): ProbeError {
  const why = whole === undefined
    ? describeLimit(phase, formatDuration(limit))
    : `${whole} took longer than ${formatDuration(limit)}`;
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
    : ` plus ${lost}, added because this process was stopped or busy`;
}

/** Explains the limit of a phase. While a request is sent or an answer is read, the limit applies only to pauses. */
function describeLimit(phase: Phase, limit: string): string {
  if (phase === "send") return `the peer took nothing more for ${limit} (--stall-timeout)`;
  if (phase === "head" || phase === "body") return `nothing more came for ${limit} (--stall-timeout)`;
  if (phase === "wait") return `no octet came within ${limit}`;
  return `${STEPS[phase]} took longer than ${limit}`;
}

const STEPS: Readonly<Record<"dns" | "connect" | "tls", string>> = {
  dns: "the name lookup",
  connect: "connecting",
  tls: "the TLS handshake",
};
