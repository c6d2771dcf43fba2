/**
 * Decides what follows a failed try to deliver a notice.
 *
 * @module
 */

import type { Delivery, DeliveryOutcome } from "../history/delivery_queue.ts";
import type { NotifyFailure } from "./judge_answer.ts";

/** Milliseconds before the second try. Each further wait is twice as long, up to five minutes. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 300_000;

/** Milliseconds that sonde waits at most if a receiver names a shorter time again and again. */
const LONGEST_EXTRA_WAIT = 60_000;

/** The longest time in milliseconds that a receiver can ask to wait. */
export const LONGEST_ASKED_WAIT = 3_600_000;

/** Milliseconds after which a notice is given up: a day later nobody waits for it. */
const LONGEST_AGE = 86_400_000;

/** Options of {@linkcode followUp}. */
export interface RetryOptions {
  /** Milliseconds before the second try. @default {1000} */
  readonly firstWait?: number | undefined;
  /** Milliseconds after which a notice is given up. @default {86_400_000} */
  readonly giveUpAfter?: number | undefined;
}

/**
 * Decides what follows a failed try.
 *
 * @param now Milliseconds since 1970
 */
export function followUp(
  failure: NotifyFailure,
  { tries, queued }: Pick<Delivery, "tries" | "queued">,
  options: RetryOptions & { readonly now: number },
): Exclude<DeliveryOutcome, { type: "delivered" }> {
  const { firstWait = FIRST_WAIT, giveUpAfter = LONGEST_AGE, now } = options;
  const { kind, error, retryAfter } = failure;
  const usual = firstWait * 2 ** tries;
  // A receiver that names a time is back, so that long waits after many tries serve nobody.
  const wait = retryAfter === undefined
    ? Math.min(usual, LONGEST_WAIT)
    : Math.min(Math.max(retryAfter, Math.min(usual, LONGEST_EXTRA_WAIT)), LONGEST_ASKED_WAIT);
  if (kind === "refused" || now + wait - queued > giveUpAfter) return { type: "given-up", error };
  return { type: "failed", error, due: now + wait, waiting: kind === "failed" ? "check" : kind };
}
