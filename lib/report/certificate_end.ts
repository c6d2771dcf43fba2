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
  const days = formatQuantity(Math.abs(daysLeft), "day");
  const date = notAfter.slice(0, 10);
  if (daysLeft < 0) return `expired ${days} ago, on ${date}`;
  return daysLeft === 0 ? `expires within a day, on ${date}` : `expires in ${days}, on ${date}`;
}
