/**
 * Renders when certificates end.
 *
 * @module
 */

import { formatQuantity } from "../../../text/count.ts";
import { isCertificateSoon } from "../report_figures.ts";
import type { ReportCertificate } from "../uptime_report.ts";
import { type NumberedCheck, renderLink } from "./states.ts";

/** Renders when a certificate ends. */
export function renderCertificate({ ends, daysLeft }: ReportCertificate): string {
  const end = [daysLeft < 0 ? "expired" : "until", ...(ends === null ? [] : [`${ends.slice(0, 10)},`])].join(
    " ",
  );
  const left = daysLeft < 0
    ? `${formatQuantity(-daysLeft, "day")} ago`
    : `${formatQuantity(daysLeft, "day")} left`;
  const text = ends === null && daysLeft >= 0 ? `certificate ${left}` : `certificate ${end} ${left}`;
  return isCertificateSoon(daysLeft) ? `<b class="degraded">${text}</b>` : text;
}

/** Renders the certificates that end soon, the first one first. */
export function renderCertificates(checks: readonly NumberedCheck[]): string {
  const soon = checks.flatMap((item) => {
    const { certificate, state } = item.check;
    if (certificate === null || state === "removed" || !isCertificateSoon(certificate.daysLeft)) return [];
    return [{ item, certificate }];
  }).sort((one, other) => one.certificate.daysLeft - other.certificate.daysLeft);
  if (soon.length === 0) return "";
  const items = soon.map(({ item, certificate }) =>
    `<li><strong>${renderLink(item)}</strong> ${renderCertificate(certificate)}</li>`
  );
  return `<section class="card" id="certificates"><h2>Certificates that end soon</h2><ul>${
    items.join("")
  }</ul></section>`;
}
