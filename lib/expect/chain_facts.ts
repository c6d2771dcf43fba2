/**
 * Facts about a redirect chain as a whole: its time, and the certificates that it depends on.
 *
 * @module
 */

import { chainFacts } from "../redirect_chain.ts";
import type { ChainCertificate, ChainFacts, IssuerFacts, ProbeResult } from "../result.ts";
import { fact, type FactTable, type Found, within } from "./fact.ts";

/** Gives the facts about a chain. Results of older versions and earlier hops do not contain them. */
function chainOf(result: ProbeResult): ChainFacts {
  return result.chain ?? chainFacts(result);
}

/** Finds the certificate that expires first; `null` if every hop is plain HTTP. */
function earliestOf(result: ProbeResult): ChainCertificate | undefined | null {
  const plain = [...result.redirects, result].every(({ url }) => url.startsWith("http:"));
  return chainOf(result).earliestCertificate ?? (plain ? null : undefined);
}

const earliest = (read: (certificate: ChainCertificate) => Found) => (result: ProbeResult) =>
  within(earliestOf(result), read);

const EARLIEST_FACTS: FactTable<ProbeResult> = {
  "": fact("presence", earliestOf),
  ".subject": fact("text", earliest((it) => it.subject)),
  ".notAfter": fact("text", earliest((it) => it.notAfter)),
  ".daysLeft": fact("number", earliest((it) => it.daysLeft), { unit: "days" }),
  ".sha256": fact("text", earliest((it) => it.sha256)),
  ".url": fact("text", earliest((it) => it.url)),
  ".verified": fact("flag", earliest((it) => it.verified)),
};

/** The facts of a chain, by name. `certificate.earliest` is the short name of `chain.earliestCertificate`. */
export const CHAIN_FACTS: FactTable<ProbeResult> = {
  "chain": fact("presence", chainOf),
  "chain.total": fact("number", (result) => chainOf(result).total, { unit: "ms" }),
  "chain.hops": fact("number", (result) => chainOf(result).hops),
  ...Object.fromEntries(
    ["certificate.earliest", "chain.earliestCertificate"].flatMap((root) =>
      Object.entries(EARLIEST_FACTS).map(([name, it]) => [`${root}${name}`, it])
    ),
  ),
};

/** The facts of a certificate above that of the server. */
export const ISSUER_FACTS: FactTable<IssuerFacts> = {
  "subject": fact("text", ({ subject }) => subject),
  "notAfter": fact("text", ({ notAfter }) => notAfter),
  "daysLeft": fact("number", ({ daysLeft }) => daysLeft, { unit: "days" }),
  "fingerprint256": fact("text", ({ fingerprint256 }) => fingerprint256),
};
