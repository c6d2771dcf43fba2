/**
 * Describes deliveries that failed.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import type { DeliveryFailure, UnsentNotices } from "./delivery_failure.ts";

/** Describes a delivery that failed: receiver, notice and cause. */
export function describeDeliveryFailure({ place, change, error }: DeliveryFailure): string {
  if (change === undefined) return `${place}: ${error}`;
  return `${place}: Cannot deliver "${change.kind}" of ${change.check}: ${error}`;
}

/** Describes what follows a failed delivery: the next try, or none. */
export function describeRetry({ change, tries, wait, refused, forgotten }: DeliveryFailure): string {
  if (wait !== undefined) return `the next try is in ${formatDuration(Math.max(1, Math.round(wait)))}`;
  if (forgotten === true) return "sonde gives them up two days after they were made";
  if (change === undefined) return "sonde tries again with the next change";
  return refused === true
    ? "refused, so sonde does not try again"
    : `given up after ${formatQuantity(tries, "try", "tries")}`;
}

/**
 * Describes the notices that a run leaves undelivered.
 *
 * @param kept A history keeps them for the next run
 */
export function describeUnsent({ place, count }: UnsentNotices, kept: boolean): string {
  const notices = formatQuantity(count, "notice was", "notices were");
  const next = kept ? "the next run tries again" : "without --history no run tries again";
  return `${place}: ${notices} not delivered; ${next}`;
}
