/**
 * Advice about TLS versions and certificates.
 *
 * @module
 */

import type { ExperimentReport, Finding } from "../../result.ts";

type Experiments = Readonly<Record<string, ExperimentReport>>;

/** Versions that are no longer to be accepted. */
export function findOldTls({ tls }: Experiments): Finding | undefined {
  const versions = tls?.facts.versions as Record<string, boolean | null> | undefined;
  const old = ["TLSv1", "TLSv1.1"].filter((version) => versions?.[version] === true);
  if (old.length === 0) return undefined;
  return {
    code: "old-tls",
    severity: "warning",
    experiment: "tls",
    message: `accepts ${old.join(" and ")}`,
    advice: "switch them off (RFC 8996)",
  };
}

/** Several certificates at one address. */
export function findSeveralCertificates({ tls }: Experiments): Finding | undefined {
  const certificates = tls?.facts.certificates;
  if (typeof certificates !== "number" || certificates < 2) return undefined;
  return {
    code: "certificates-differ",
    severity: "warning",
    experiment: "tls",
    message: `${certificates} different certificates in a few handshakes with one address`,
    advice: "find out which machines behind the address still have the old certificate",
  };
}
