/**
 * Computes the durations of the phases of one exchange, which add up to its total.
 *
 * @module
 */

import type { Timings } from "./result.ts";

/** Moments of one exchange, as values of `performance.now()`; a moment that never came is absent. */
export interface ExchangeMoments {
  readonly startedAt: number;
  /** The system accepted the last octet of the request. */
  readonly sentAt?: number | undefined;
  readonly firstOctetAt?: number | undefined;
  /** The response was complete, or the exchange failed. */
  readonly endedAt: number;
}

/** The phases that add up, with `own`, to the total. */
const PHASES = ["dns", "connect", "tls", "listen", "send", "wait", "receive"] as const;

/**
 * Computes the phases of an exchange in milliseconds. A failure ends the phase in which it happens. If the response begins
 * before the request is sent, `wait` is 0 and `receive` begins when the request is sent.
 */
export function phaseTimes(
  { startedAt, sentAt, firstOctetAt, endedAt }: ExchangeMoments,
): Pick<Timings, "send" | "wait" | "receive"> {
  const sendEnd = sentAt ?? firstOctetAt ?? endedAt;
  const times: Pick<Timings, "send" | "wait" | "receive"> = { send: sendEnd - startedAt };
  if (firstOctetAt !== undefined) {
    const receiveStart = Math.max(firstOctetAt, sendEnd);
    times.wait = receiveStart - sendEnd;
    times.receive = Math.max(0, endedAt - receiveStart);
  } else if (sentAt !== undefined) {
    times.wait = Math.max(0, endedAt - sentAt);
  }
  return times;
}

/** Adds `own`: the part of the total that belongs to no other phase, as sonde itself spent it. */
export function withOwnTime(timings: Timings): Timings {
  let own = timings.total;
  for (const phase of PHASES) own -= timings[phase] ?? 0;
  // A rest this small is a rounding error.
  timings.own = own < 1e-6 ? 0 : own;
  return timings;
}
