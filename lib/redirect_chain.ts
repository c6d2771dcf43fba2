/**
 * Computes facts about all hops of a redirect chain together: their time, and their certificates.
 *
 * @module
 */

import type { ChainCertificate, ChainFacts, ProbeResult, Timings } from "./result.ts";

/** Adds up the totals of all hops, in milliseconds. Failed attempts before them do not count. */
export function chainTotal({ redirects, timings }: ProbeResult): number {
  return redirects.reduce((sum, hop) => sum + hop.timings.total, 0) + timings.total;
}

/** Finds the start of the first hop, ISO 8601, UTC; `startedAt` of a result is the start of its last hop. */
export function chainStart({ redirects, startedAt }: ProbeResult): string {
  return redirects[0]?.startedAt ?? startedAt;
}

/** The parts of a request in the order in which they happen, and their total. */
export const SUMMED_TIMINGS = [
  "dns",
  "connect",
  "tls",
  "listen",
  "send",
  "wait",
  "receive",
  "own",
  "total",
  "lost",
] as const satisfies (keyof Timings)[];

/**
 * Adds up the phases of all hops, in milliseconds. A phase that no hop has is absent, and `lag` is the longest of all
 * hops.
 */
export function chainTimings({ redirects, timings }: ProbeResult): Timings {
  if (redirects.length === 0) return timings;
  const sums: Timings = { ...timings };
  for (const hop of redirects) {
    for (const phase of SUMMED_TIMINGS) {
      const ms = hop.timings[phase];
      if (ms !== undefined) sums[phase] = (sums[phase] ?? 0) + ms;
    }
    if (hop.timings.lag !== undefined) sums.lag = Math.max(sums.lag ?? 0, hop.timings.lag);
  }
  return sums;
}

/**
 * Lists the certificates that a chain depends on: for each hop that of the server, and its issuers as
 * `CertificateFacts` explains them. A certificate of several hops is listed once, with the URL of the first.
 */
export function chainCertificates(result: ProbeResult): ChainCertificate[] {
  const found = new Map<string, ChainCertificate>();
  for (const { tls, url } of [...result.redirects, result]) {
    if (tls?.certificate === undefined) continue;
    for (const certificate of [tls.certificate, ...tls.certificate.issuers ?? []]) {
      const { subject, notAfter, daysLeft, fingerprint256: sha256 } = certificate;
      const known = found.get(sha256);
      if (known === undefined) {
        found.set(sha256, { subject, notAfter, daysLeft, sha256, url, verified: tls.verified });
      }
    }
  }
  return [...found.values()];
}

/**
 * Finds the certificate that expires first of those that {@linkcode chainCertificates} lists.
 *
 * @returns `undefined` if there is no certificate whose end is known
 */
export function earliestCertificate(result: ProbeResult): ChainCertificate | undefined {
  let earliest: ChainCertificate | undefined;
  for (const certificate of chainCertificates(result)) {
    const end = Date.parse(certificate.notAfter);
    if (!Number.isNaN(end) && !(Date.parse(earliest?.notAfter ?? "") <= end)) earliest = certificate;
  }
  return earliest;
}

/** Computes all facts about the chain of a result. */
export function chainFacts(result: ProbeResult): ChainFacts {
  const facts: ChainFacts = { total: chainTotal(result), hops: result.redirects.length + 1 };
  const earliest = earliestCertificate(result);
  if (earliest !== undefined) facts.earliestCertificate = earliest;
  return facts;
}
