/**
 * Lays out the facts of the TLS handshake and the server's certificate.
 *
 * @module
 */

import type { CertificateFacts, IssuerFacts, ProbeResult, TlsFacts } from "../../result.ts";
import { escapeText } from "../../text/escape/text.ts";
import { formatQuantity } from "../../text/count.ts";
import { layOutFacts, type Span, type View } from "../../text/layout.ts";
import { daysSpan } from "./days_span.ts";

/** Gives the days left, unless the certificate is not accepted because of its dates: the reason says how many days. */
function describeValidity(certificate: CertificateFacts, verifyError = ""): Span[] {
  const { notBefore, notAfter } = certificate;
  const dates = `${escapeText(notBefore)} to ${escapeText(notAfter)}`;
  const isReason = verifyError.includes(notBefore) || verifyError.includes(notAfter);
  return isReason ? [["dim", "valid "], dates] : [["dim", "valid "], `${dates}, `, daysSpan(certificate)];
}

function layOutCertificate(certificate: CertificateFacts, view: View, verifyError?: string): string[] {
  const { subject, issuer, names, notAfter, fingerprint256, serial, chainLength } = certificate;
  const { issuers = [] } = certificate;
  const facts: Span[][] = [
    [escapeText(subject)],
    [["dim", "issuer "], escapeText(issuer)],
    describeValidity(certificate, verifyError),
    [["dim", "names "], names.length === 0 ? "none" : names.map(escapeText).join(", ")],
  ];
  if (view.verbose) {
    facts.push(
      [["dim", "serial "], escapeText(serial)],
      [["dim", "chain "], formatQuantity(chainLength, "certificate")],
      ...issuers.map((issuer): Span[] => [["dim", "issued by "], ...describeEnd(issuer)]),
    );
  }
  const first = firstToEnd(issuers);
  if (first !== undefined && Date.parse(first.notAfter) < Date.parse(notAfter)) {
    facts.push([["dim", "its issuer ends earlier: "], ...describeEnd(first)]);
  }
  const lines = layOutFacts("certificate", facts, view);
  // The digest has its own label, so that it fits on a line of 80 columns.
  return view.verbose
    ? [...lines, ...layOutFacts("fingerprint", [[escapeText(fingerprint256)]], view)]
    : lines;
}

function describeEnd(issuer: IssuerFacts): Span[] {
  return [`${escapeText(issuer.subject)}, until ${escapeText(issuer.notAfter)}, `, daysSpan(issuer)];
}

function firstToEnd(issuers: readonly IssuerFacts[]): IssuerFacts | undefined {
  return issuers.toSorted((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter))[0];
}

/** Shows SNI only if it differs from the host of the URL. */
function describeSni(sni: string, url: string): string {
  if (sni === "") return "no SNI";
  // This does not use the URL parser, which rejects some names that a resolver accepts.
  const host = /^[a-z]+:\/\/([^/?#:]+)/.exec(url)?.[1];
  return host === sni ? "" : `SNI ${escapeText(sni)}`;
}

function describeHandshake({ version, cipher, alpn, sni }: TlsFacts, url: string): string {
  return [
    [version, cipher].filter((word) => word !== undefined).map(escapeText).join(" "),
    alpn === null ? "no ALPN" : `ALPN ${escapeText(alpn)}`,
    describeSni(sni, url),
  ].filter((part) => part !== "").join(", ");
}

/** Lays out TLS and the certificate. Gives no lines for a plain connection. */
export function layOutTls({ tls, url, error }: ProbeResult, view: View): string[] {
  if (tls === undefined) return [];
  // The error about a certificate says the reason.
  const reason = error?.kind === "certificate" ? undefined : tls.verifyError;
  const verdict: Span = tls.verified
    ? ["good", "verified"]
    : ["bad", `NOT VERIFIED${reason === undefined ? "" : `: ${reason}`}`];
  const facts: Span[][] = [[describeHandshake(tls, url)], [verdict]];
  if (tls.askedToRenegotiate) facts.push([["warning", "the server asked to renegotiate, and was refused"]]);
  const lines = layOutFacts("tls", facts, view);
  if (tls.certificate !== undefined) lines.push(...layOutCertificate(tls.certificate, view, tls.verifyError));
  return lines;
}
