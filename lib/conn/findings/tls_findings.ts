/**
 * Gives advice about TLS versions and certificates.
 *
 * @module
 */

import type { ExperimentReport } from "../../result.ts";
import type { FindingOf, FindingRule } from "./finding_rule.ts";

/** TLS versions that a server should no longer accept. */
export const OLD_TLS: FindingRule<"old-tls"> = { codes: ["old-tls"], find: findOldTls };

function findOldTls({ facts }: ExperimentReport): FindingOf<"old-tls"> | undefined {
  const versions = facts.versions as Record<string, boolean | null> | undefined;
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

/** Reports several certificates at one address. */
export const SEVERAL_CERTIFICATES: FindingRule<"certificates-differ"> = {
  codes: ["certificates-differ"],
  find: findSeveralCertificates,
};

function findSeveralCertificates({ facts }: ExperimentReport): FindingOf<"certificates-differ"> | undefined {
  const certificates = facts.certificates;
  if (typeof certificates !== "number" || certificates < 2) return undefined;
  return {
    code: "certificates-differ",
    severity: "warning",
    experiment: "tls",
    message: `${certificates} different certificates in a few handshakes with one address`,
    advice: "find the machines behind the address that still have the old certificate",
  };
}
