/**
 * From moments of one exchange to the durations of its phases, which follow each other and add up to the whole.
 *
 * @module
 */

import type { Timings } from "./result.ts";

/** Moments of one exchange, as values of `performance.now()`; one that has not come is left out. */
export interface ExchangeMoments {
  readonly startedAt: number;
  /** The last octet of the request was taken. */
  readonly sentAt?: number | undefined;
  readonly firstOctetAt?: number | undefined;
  /** The answer was complete, or it failed. */
  readonly endedAt: number;
}

/** The phases that add up, with `own`, to the total. */
const PHASES = ["dns", "connect", "tls", "listen", "send", "wait", "receive"] as const;

/**
 * The phases of an exchange in milliseconds. The one in which it failed lasts until then. An answer that begins before the
 * request is sent was not waited for, and `receive` begins when both have.
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

/** Adds what of the total is no phase of the target's or the network's: it was spent by sonde itself. */
export function withOwnTime(timings: Timings): Timings {
  let own = timings.total;
  for (const phase of PHASES) own -= timings[phase] ?? 0;
  // What rounding leaves of a sum is no time.
  timings.own = own < 1e-6 ? 0 : own;
  return timings;
}
