/**
 * Renders when certificates end.
 *
 * @module
 */

import { formatCertificate } from "../report_figures.ts";
import type { ReportCertificate } from "../uptime_report.ts";
import { renderNames } from "./names.ts";
import type { NumberedCheck } from "./states.ts";

/** Renders when a certificate ends. */
export function renderCertificate(certificate: ReportCertificate): string {
  const text = formatCertificate(certificate);
  return certificate.soon ? `<b class="degraded">${text}</b>` : text;
}

/** Renders the certificates that end soon or have ended, the first one first, with their checks. */
export function renderCertificates(checks: readonly NumberedCheck[]): string {
  const soon = checks.flatMap((item) => {
    const { certificate, state } = item.check;
    if (certificate === null || state === "removed" || !certificate.soon) return [];
    return [{ item, certificate }];
  }).sort((one, other) => one.certificate.daysLeft - other.certificate.daysLeft);
  if (soon.length === 0) return "";
  // Many checks may have the same certificate.
  const items = new Map<string, NumberedCheck[]>();
  for (const { item, certificate } of soon) {
    const text = renderCertificate(certificate);
    items.set(text, [...items.get(text) ?? [], item]);
  }
  const lines = [...items].map(([text, checks]) => `<li>${text}: ${renderNames(checks)}</li>`);
  return `<section class="card" id="certificates"><h2>Certificates to renew</h2><ul>${
    lines.join("")
  }</ul></section>`;
}
