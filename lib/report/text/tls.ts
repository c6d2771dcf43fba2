/**
 * Lays out the facts of the TLS handshake and the server's certificate.
 *
 * @module
 */

import type { CertificateFacts, ProbeResult, TlsFacts } from "../../result.ts";
import { escapeText } from "../../text/escape/text.ts";
import { formatQuantity } from "../../text/count.ts";
import { layOutFacts, type Span, type View } from "../../text/layout.ts";

/** If a certificate has fewer days left, it is painted as a warning, or as bad. */
const SOON_DAYS = 30;
const URGENT_DAYS = 7;

function daysSpan({ daysLeft }: CertificateFacts): Span {
  // `daysLeft` is rounded down: −1 means that the certificate expired less than a day ago.
  if (daysLeft === -1) return ["bad", "EXPIRED less than a day ago"];
  if (daysLeft < 0) return ["bad", `EXPIRED ${formatQuantity(-daysLeft - 1, "day")} ago`];
  const style = daysLeft < URGENT_DAYS ? "bad" : daysLeft < SOON_DAYS ? "warning" : "good";
  return [style, `${formatQuantity(daysLeft, "day")} left`];
}

function layOutCertificate(certificate: CertificateFacts, view: View): string[] {
  const { subject, issuer, names, notBefore, notAfter, fingerprint256, serial, chainLength } = certificate;
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
    );
  }
  const lines = layOutFacts("certificate", facts, view);
  // The digest has its own label, so that it fits on a line of 80 columns.
  return view.verbose
    ? [...lines, ...layOutFacts("fingerprint", [[escapeText(fingerprint256)]], view)]
    : lines;
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
