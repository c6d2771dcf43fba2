/**
 * Shows the days that a certificate has left.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { Span } from "../../text/layout.ts";

/** If a certificate has fewer days left, it is painted as a warning, or as bad. */
const SOON_DAYS = 30;
const URGENT_DAYS = 7;

/** Gives the days that a certificate has left, or says that it has expired. */
export function daysSpan({ daysLeft }: { readonly daysLeft: number }): Span {
  // `daysLeft` is rounded down: −1 means that the certificate expired less than a day ago.
  if (daysLeft === -1) return ["bad", "EXPIRED less than a day ago"];
  if (daysLeft < 0) return ["bad", `EXPIRED ${formatQuantity(-daysLeft - 1, "day")} ago`];
  const style = daysLeft < URGENT_DAYS ? "bad" : daysLeft < SOON_DAYS ? "warning" : "good";
  return [style, `${formatQuantity(daysLeft, "day")} left`];
}
