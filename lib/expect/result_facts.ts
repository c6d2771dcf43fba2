/**
 * The table of the facts of a result.
 *
 * @module
 */

import { ERROR_KINDS } from "../error_kind.ts";
import { deviationCodes } from "../http/deviation.ts";
import type { CertificateFacts, ConnectionFacts, ContentCoding, ProbeResult, TlsFacts } from "../result.ts";
import { bodyText } from "./body_text.ts";
import { CHAIN_FACTS } from "./chain_facts.ts";
import { type Fact, fact, type FactTable, type Found, NotEstablished, several, within } from "./fact.ts";

type ResultFact = Fact<ProbeResult>;

const text = (read: (result: ProbeResult) => Found): ResultFact => fact("text", read);
const count = (read: (result: ProbeResult) => Found): ResultFact => fact("count", read);
const number = (read: (result: ProbeResult) => Found): ResultFact => fact("number", read);
const flag = (read: (result: ProbeResult) => Found): ResultFact => fact("flag", read);
const presence = (read: (result: ProbeResult) => Found): ResultFact => fact("presence", read);
const octets = (read: (result: ProbeResult) => Found): ResultFact => fact("number", read, { unit: "octets" });
const ms = (read: (result: ProbeResult) => Found): ResultFact => fact("number", read, { unit: "ms" });

const body = (read: (body: NonNullable<ProbeResult["body"]>) => Found) => (result: ProbeResult) =>
  within(result.body, read);
const connection = (read: (connection: ConnectionFacts) => Found) => (result: ProbeResult) =>
  within(result.connection, read);
const announced =
  (read: (announced: NonNullable<ConnectionFacts["announced"]>) => Found) => (result: ProbeResult) =>
    within(result.connection?.announced, read);
const tls = (read: (tls: TlsFacts) => Found) => (result: ProbeResult) => within(tlsOf(result), read);
const certificate = (read: (certificate: CertificateFacts) => Found) => (result: ProbeResult) =>
  within(certificateOf(result), read);

/** Reads the TLS facts; `null` for plain HTTP, which has none. */
function tlsOf(result: ProbeResult): TlsFacts | undefined | null {
  return result.tls ?? (result.url.startsWith("http:") ? null : undefined);
}

function certificateOf(result: ProbeResult): CertificateFacts | undefined | null {
  const tls = tlsOf(result);
  return tls === undefined || tls === null ? tls : tls.certificate;
}

/** Gives a count; `undefined` if it is 0 and the exchange failed, as the rest was not reached. */
function amount(result: ProbeResult, found: number): Found {
  return found > 0 || result.error === undefined ? found : undefined;
}

const CERTIFICATE_FACTS: FactTable<ProbeResult> = {
  "certificate": presence(certificateOf),
  "certificate.subject": text(certificate((it) => it.subject)),
  "certificate.issuer": text(certificate((it) => it.issuer)),
  "certificate.names": fact("text", certificate((it) => several(it.names)), { list: true }),
  "certificate.notBefore": text(certificate((it) => it.notBefore)),
  "certificate.notAfter": text(certificate((it) => it.notAfter)),
  "certificate.daysLeft": fact("number", certificate((it) => it.daysLeft), { unit: "days" }),
  "certificate.fingerprint256": text(certificate((it) => it.fingerprint256)),
  "certificate.serial": text(certificate((it) => it.serial)),
  "certificate.chainLength": number(certificate((it) => it.chainLength)),
  "certificate.issuers": count(certificate((it) => it.issuers?.length)),
};

const BODY_TEXT: ResultFact = fact("text", bodyText, { needs: "text", numeric: true });

/** Reads a part of the facts about content coding. */
const coding = (read: (coding: ContentCoding) => Found) => body((it) => within(it.coding ?? null, read));

/** The facts whose names are fixed. */
export const RESULT_FACTS: FactTable<ProbeResult> = {
  "input": text((result) => result.input),
  "url": text((result) => result.url),
  "method": text((result) => result.method),
  "startedAt": text((result) => result.startedAt),
  "request.bytes": octets((result) => result.request?.bytes),
  "request.sentBytes": octets((result) => result.request?.sentBytes),
  "request.complete": flag((result) => result.request?.complete),
  "ok": flag((result) => result.ok),
  "error": presence((result) => result.error ?? null),
  "error.kind": fact("text", (result) => result.error?.kind ?? null, { values: Object.keys(ERROR_KINDS) }),
  "error.phase": text((result) => result.error?.phase ?? null),
  "error.by": text((result) => result.error?.by ?? null),
  "error.alert": text((result) => result.error?.alert ?? null),
  "error.speaksTls": flag((result) => result.error?.speaksTls ?? null),
  "error.message": text((result) => result.error?.message ?? null),
  "status": number((result) => result.status),
  "reason": text((result) => result.reason),
  "version": text((result) => result.version),
  "headers": count((result) => result.headers?.length),
  "interim": count((result) => amount(result, result.interim.length)),
  "body": BODY_TEXT,
  "body.text": BODY_TEXT,
  "body.framing": text(body((it) => it.framing)),
  "body.bytes": octets(body((it) => it.bytes)),
  "body.wireBytes": octets(body((it) => it.wireBytes)),
  "body.complete": flag(body((it) => it.complete)),
  "body.unread": text(body((it) => it.unread ?? null)),
  "body.unreadBytes": octets(body((it) => it.unreadBytes)),
  "body.chunks": number(body((it) => it.chunks)),
  "body.sha256": fact("text", body((it) => it.sha256), { needs: "sha256" }),
  "body.coding": fact("text", coding((it) => several(it.names)), { list: true }),
  "body.coding.names": fact("text", coding((it) => several(it.names)), { list: true }),
  "body.coding.transfer": fact("text", coding((it) => several(it.transfer ?? [])), { list: true }),
  "body.coding.decodedBytes": fact("number", coding(decodedBytes), { unit: "octets", needs: "text" }),
  "body.coding.error": fact("text", coding((it) => it.error), { needs: "text" }),
  "body.trailers": count(body((it) => it.trailers.length)),
  "deviations": count((result) => amount(result, result.deviations.length)),
  "timings.dns": ms((result) => result.timings.dns),
  "timings.connect": ms((result) => result.timings.connect),
  "timings.tls": ms((result) => result.timings.tls),
  "timings.listen": ms((result) => result.timings.listen),
  "timings.send": ms((result) => result.timings.send),
  "timings.wait": ms((result) => result.timings.wait),
  "timings.receive": ms((result) => result.timings.receive),
  "timings.own": ms((result) => result.timings.own),
  "timings.total": ms((result) => result.timings.total),
  "timings.lag": ms((result) => result.timings.lag),
  "timings.lost": ms((result) => result.timings.lost),
  "connection": presence((result) => result.connection),
  "connection.peer.address": text(connection((it) => it.peer.address)),
  "connection.peer.port": number(connection((it) => it.peer.port)),
  "connection.peer.family": number(connection((it) => it.peer.family)),
  "connection.local.address": text(connection((it) => it.local.address)),
  "connection.local.port": number(connection((it) => it.local.port)),
  "connection.reused": flag(connection((it) => it.reused)),
  "connection.requestNumber": number(connection((it) => it.requestNumber)),
  "connection.announced": presence(announced((it) => it)),
  "connection.announced.persistent": flag(announced((it) => it.persistent)),
  "connection.announced.timeout": fact("number", announced((it) => it.timeout), { unit: "s" }),
  "connection.announced.max": number(announced((it) => it.max)),
  "connection.end.by": text(connection((it) => it.end.by)),
  "connection.end.how": text(connection((it) => it.end.how)),
  "connection.end.fin": flag(connection((it) => it.end.fin)),
  "connection.end.finAfter": ms(connection((it) => it.end.finAfter)),
  "connection.end.after": ms(connection((it) => it.end.after)),
  "connection.end.watched": ms(connection((it) => it.end.watched)),
  "connection.surplusBytes": octets(connection((it) => it.surplusBytes)),
  "newConnection": presence((result) => result.newConnection ?? null),
  "newConnection.why": text((result) => result.newConnection?.why ?? null),
  "newConnection.message": text((result) => result.newConnection?.message ?? null),
  "newConnection.after": ms((result) => result.newConnection?.after ?? null),
  "tls": presence(tlsOf),
  "tls.version": text(tls((it) => it.version)),
  "tls.cipher": text(tls((it) => it.cipher)),
  "tls.alpn": text(tls((it) => it.alpn)),
  "tls.sni": text(tls((it) => it.sni)),
  "tls.verified": flag(tls((it) => it.verified)),
  "tls.verifyError": text(tls((it) => it.verifyError)),
  "tls.askedToRenegotiate": flag(tls((it) => it.askedToRenegotiate ?? false)),
  ...CERTIFICATE_FACTS,
  ...Object.fromEntries(Object.entries(CERTIFICATE_FACTS).map(([name, it]) => [`tls.${name}`, it])),
  ...CHAIN_FACTS,
  "redirects": count((result) => result.redirects.length),
  "line": number((result) => result.line ?? null),
  "tag": text((result) => result.tag ?? null),
  "address": text((result) => result.address ?? null),
  "id": text((result) => result.id ?? null),
  "tries": count((result) => result.tries?.length ?? 0),
  "concurrency": number((result) => result.concurrency ?? null),
  "experimentsAge": ms((result) => result.experimentsAge ?? null),
  "attempts": count((result) => result.attempts?.length ?? 0),
};

/** Reads the size of the decoded content. */
function decodedBytes({ decodedBytes, error }: ContentCoding): Found {
  if (error !== undefined) return new NotEstablished(`the body could not be decoded: ${error}`);
  return decodedBytes ?? new NotEstablished("the body was not decoded");
}

/** Names that may follow `deviations.`: classes and codes. */
export const DEVIATION_GROUPS: readonly string[] = [
  "fatal",
  "tolerated",
  "sender",
  "info",
  ...deviationCodes,
];

/** Makes the fact that counts the deviations with a class or code. */
export function deviationFact(group: string): ResultFact {
  return count((result) =>
    amount(result, result.deviations.filter((it) => it.code === group || it.class === group).length)
  );
}
