/**
 * The facts of a result, as one table: what can be asserted of a probe.
 *
 * @module
 */

import { deviationCodes } from "../http/deviation.ts";
import type { CertificateFacts, ConnectionFacts, HeaderField, ProbeResult, TlsFacts } from "../result.ts";
import { type Fact, fact, type FactTable, type Found, several, within } from "./fact.ts";

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

/** Without TLS there is none to be looked for. */
function tlsOf(result: ProbeResult): TlsFacts | undefined | null {
  return result.tls ?? (result.url.startsWith("http:") ? null : undefined);
}

function certificateOf(result: ProbeResult): CertificateFacts | undefined | null {
  const tls = tlsOf(result);
  return tls === undefined || tls === null ? tls : tls.certificate;
}

/** In an exchange that failed, what is missing may only not have been reached. */
function amount(result: ProbeResult, found: number): Found {
  return found > 0 || result.error === undefined ? found : undefined;
}

const CERTIFICATE_FACTS: FactTable<ProbeResult> = {
  "certificate": presence(certificateOf),
  "certificate.subject": text(certificate((it) => it.subject)),
  "certificate.issuer": text(certificate((it) => it.issuer)),
  "certificate.names": text(certificate((it) => several(it.names))),
  "certificate.notBefore": text(certificate((it) => it.notBefore)),
  "certificate.notAfter": text(certificate((it) => it.notAfter)),
  "certificate.daysLeft": fact("number", certificate((it) => it.daysLeft), { unit: "days" }),
  "certificate.fingerprint256": text(certificate((it) => it.fingerprint256)),
  "certificate.serial": text(certificate((it) => it.serial)),
  "certificate.chainLength": number(certificate((it) => it.chainLength)),
};

const BODY_TEXT: ResultFact = fact("text", body((it) => it.text ?? (it.bytes === 0 ? "" : undefined)), {
  needs: "text",
});

/** Facts without a name or index of the user's in them. */
export const RESULT_FACTS: FactTable<ProbeResult> = {
  "input": text((result) => result.input),
  "url": text((result) => result.url),
  "method": text((result) => result.method),
  "startedAt": text((result) => result.startedAt),
  "ok": flag((result) => result.ok),
  "error": presence((result) => result.error ?? null),
  "error.kind": text((result) => result.error?.kind ?? null),
  "error.phase": text((result) => result.error?.phase ?? null),
  "error.by": text((result) => result.error?.by ?? null),
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
  "body.chunks": number(body((it) => it.chunks)),
  "body.sha256": fact("text", body((it) => it.sha256), { needs: "digest" }),
  "body.trailers": count(body((it) => it.trailers.length)),
  "deviations": count((result) => amount(result, result.deviations.length)),
  "timings.dns": ms((result) => result.timings.dns),
  "timings.connect": ms((result) => result.timings.connect),
  "timings.tls": ms((result) => result.timings.tls),
  "timings.send": ms((result) => result.timings.send),
  "timings.wait": ms((result) => result.timings.wait),
  "timings.receive": ms((result) => result.timings.receive),
  "timings.total": ms((result) => result.timings.total),
  "timings.lag": ms((result) => result.timings.lag),
  "connection": presence((result) => result.connection),
  "connection.peer.address": text(connection((it) => it.peer.address)),
  "connection.peer.port": number(connection((it) => it.peer.port)),
  "connection.peer.family": number(connection((it) => it.peer.family)),
  "connection.local.address": text(connection((it) => it.local.address)),
  "connection.local.port": number(connection((it) => it.local.port)),
  "connection.reused": flag(connection((it) => it.reused)),
  "connection.requestNumber": number(connection((it) => it.requestNumber)),
  "connection.announced.persistent": flag(announced((it) => it.persistent)),
  "connection.announced.timeout": fact("number", announced((it) => it.timeout), { unit: "s" }),
  "connection.announced.max": number(announced((it) => it.max)),
  "connection.end.by": text(connection((it) => it.end.by)),
  "connection.end.how": text(connection((it) => it.end.how)),
  "connection.end.after": ms(connection((it) => it.end.after)),
  "connection.surplusBytes": octets(connection((it) => it.surplusBytes)),
  "tls": presence(tlsOf),
  "tls.version": text(tls((it) => it.version)),
  "tls.cipher": text(tls((it) => it.cipher)),
  "tls.alpn": text(tls((it) => it.alpn)),
  "tls.sni": text(tls((it) => it.sni)),
  "tls.verified": flag(tls((it) => it.verified)),
  "tls.verifyError": text(tls((it) => it.verifyError)),
  ...CERTIFICATE_FACTS,
  ...Object.fromEntries(Object.entries(CERTIFICATE_FACTS).map(([name, it]) => [`tls.${name}`, it])),
  "redirects": count((result) => result.redirects.length),
  "line": number((result) => result.line ?? null),
  "tag": text((result) => result.tag ?? null),
  "address": text((result) => result.address ?? null),
  "id": text((result) => result.id ?? null),
  "tries": count((result) => result.tries?.length ?? 0),
  "concurrency": number((result) => result.concurrency ?? null),
  "attempts": count((result) => result.attempts?.length ?? 0),
};

/** Names that may follow `deviations.`: classes and codes. */
export const DEVIATION_GROUPS: readonly string[] = [
  "fatal",
  "tolerated",
  "sender",
  "info",
  ...deviationCodes,
];

/** How many deviations have a class or code. */
export function deviationFact(group: string): ResultFact {
  return count((result) =>
    amount(result, result.deviations.filter((it) => it.code === group || it.class === group).length)
  );
}

/** All lines of a field, whatever its case, or the one at an index. */
export function headerFact(name: string, index: number | undefined): ResultFact {
  return text((result) => linesOf(result.headers, name, index));
}

/** All lines of a trailer field, whatever its case, or the one at an index. */
export function trailerFact(name: string, index: number | undefined): ResultFact {
  return text((result) => linesOf(result.body?.trailers, name, index));
}

function linesOf(fields: readonly HeaderField[] | undefined, name: string, index: number | undefined): Found {
  if (fields === undefined) return undefined;
  const wanted = name.toLowerCase();
  const lines = fields.filter(([it]) => it.toLowerCase() === wanted).map(([, value]) => decodeField(value));
  return index === undefined ? several(lines) : lines.at(index) ?? null;
}

/** One code unit per octet: where they are UTF-8, that is what the user wrote in the expectation too. */
function decodeField(value: string): string {
  // deno-lint-ignore no-control-regex -- everything but ASCII
  if (!/[^\x00-\x7f]/.test(value)) return value;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(value, (unit) => unit.charCodeAt(0)),
    );
  } catch {
    return value; // Not UTF-8: the octets are compared as they are.
  }
}

/** Facts of one element of a list, by the name of the list. */
export const ELEMENT_FACTS: Readonly<Record<string, (index: number) => FactTable<ProbeResult>>> = {
  "interim": (index) => ({
    "status": number((result) => result.interim.at(index)?.status),
    "reason": text((result) => result.interim.at(index)?.reason),
    "at": ms((result) => result.interim.at(index)?.at),
  }),
  "tries": (index) => ({
    "address": text((result) => result.tries?.at(index)?.address),
    "port": number((result) => result.tries?.at(index)?.port),
    "ms": ms((result) => result.tries?.at(index)?.ms),
    "error.kind": text((result) => within(result.tries?.at(index), (it) => it.error?.kind)),
    "error.phase": text((result) => within(result.tries?.at(index), (it) => it.error?.phase)),
    "error.by": text((result) => within(result.tries?.at(index), (it) => it.error?.by)),
    "error.message": text((result) => within(result.tries?.at(index), (it) => it.error?.message)),
  }),
  "attempts": (index) => ({
    "total": ms((result) => result.attempts?.at(index)?.total),
    "url": text((result) => result.attempts?.at(index)?.url),
    "error.kind": text((result) => result.attempts?.at(index)?.error.kind),
    "error.phase": text((result) => result.attempts?.at(index)?.error.phase),
    "error.by": text((result) => result.attempts?.at(index)?.error.by),
    "error.message": text((result) => result.attempts?.at(index)?.error.message),
  }),
  "deviations": (index) => ({
    "code": text((result) => result.deviations.at(index)?.code),
    "class": text((result) => result.deviations.at(index)?.class),
    "offset": octets((result) => result.deviations.at(index)?.offset),
    "message": text((result) => result.deviations.at(index)?.message),
  }),
};
