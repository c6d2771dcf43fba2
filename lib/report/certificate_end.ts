/**
 * Describes the end of a certificate.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";

/** Describes when a certificate ends or ended: `expires in 13 days, on 2026-03-14`. */
export function describeCertificateEnd(
  { daysLeft, notAfter }: { readonly daysLeft: number; readonly notAfter: string },
): string {
  const date = notAfter.slice(0, 10);
  // `daysLeft` is rounded down: −1 means that the certificate expired less than a day ago.
  if (daysLeft === -1) return `expired less than a day ago, on ${date}`;
  if (daysLeft < 0) return `expired ${formatQuantity(-daysLeft - 1, "day")} ago, on ${date}`;
  if (daysLeft === 0) return `expires within a day, on ${date}`;
  return `expires in ${formatQuantity(daysLeft, "day")}, on ${date}`;
}
