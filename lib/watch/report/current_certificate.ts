/**
 * Finds the certificate of a check that ends first among those that are in use.
 *
 * @module
 */

import type { ReportCertificate } from "./uptime_report.ts";

const DAY = 86_400_000;

/** Days before its end at which a certificate ends soon, unless the history has the number of the task file. */
export const USUAL_DAYS = 14;

/** Runs whose certificates are in use. */
const LAST_RUNS = 5;

/** The same if a certificate returned among them: several servers take turns, each with its own. */
export const LAST_RUNS_OF_TURNS = 50;

/** The certificate that ends first of all that a run saw. */
export interface CertificateRow {
  /** Start of the run, milliseconds since 1970. */
  readonly at: number;
  /** Whole days that the certificate had left then. */
  readonly days: number;
  /** Its end, milliseconds since 1970; `null` if an older version wrote the run. */
  readonly ends: number | null;
}

/**
 * Finds the certificate that ends first.
 *
 * @param rows The last runs, newest first
 */
export function currentCertificate(rows: readonly CertificateRow[]): CertificateRow | undefined {
  const [newest] = rows;
  if (newest === undefined || newest.ends === null) return newest;
  const current = hasReturned(rows) ? rows : rows.slice(0, LAST_RUNS);
  return current.reduce((first, row) => row.ends !== null && row.ends < endOf(first) ? row : first);
}

/** Tells if runs saw a certificate, then another one, and then the first one again. */
function hasReturned(rows: readonly CertificateRow[]): boolean {
  const stretches = rows.filter(({ ends }, index) => ends !== rows[index - 1]?.ends);
  return new Set(stretches.map(({ ends }) => ends)).size < stretches.length;
}

function endOf({ at, days, ends }: CertificateRow): number {
  return ends ?? at + days * DAY;
}

/**
 * Describes a certificate.
 *
 * @param options `now` is the time at which the report is made, in milliseconds since 1970; a certificate with fewer than
 * `soonDays` left ends soon
 */
export function describeCertificate(
  row: CertificateRow,
  { now, soonDays }: { readonly now: number; readonly soonDays: number },
): ReportCertificate {
  const daysLeft = Math.floor((endOf(row) - now) / DAY);
  return {
    ends: row.ends === null ? null : new Date(row.ends).toISOString(),
    daysLeft,
    soon: daysLeft < soonDays,
    seen: new Date(row.at).toISOString(),
  };
}
