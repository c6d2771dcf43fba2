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

function layOutCertificate(certificate: CertificateFacts, view: View): string[] {
  const { subject, issuer, names, notBefore, notAfter, fingerprint256, serial, chainLength } = certificate;
  const { issuers = [] } = certificate;
  const facts: Span[][] = [
    [escapeText(subject)],
    [["dim", "issuer "], escapeText(issuer)],
    [["dim", "valid "], `${escapeText(notBefore)} to ${escapeText(notAfter)}, `, daysSpan(certificate)],
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
export function layOutTls({ tls, url }: ProbeResult, view: View): string[] {
  if (tls === undefined) return [];
  const verdict: Span = tls.verified
    ? ["good", "verified"]
    : ["bad", `NOT VERIFIED${tls.verifyError === undefined ? "" : `: ${tls.verifyError}`}`];
  const facts: Span[][] = [[describeHandshake(tls, url)], [verdict]];
  if (tls.askedToRenegotiate) facts.push([["warning", "the server asked to renegotiate, and was refused"]]);
  const lines = layOutFacts("tls", facts, view);
  if (tls.certificate !== undefined) lines.push(...layOutCertificate(tls.certificate, view));
  return lines;
}
