/**
 * The data of a probe: types only. Each type is one JSON object, and NDJSON is `JSON.stringify` of exactly this object.
 * Milliseconds and octets are numbers. A fact that was not established is absent; `null` means that it was looked for and
 * does not exist.
 *
 * @module
 */

import type { ErrorKind, UnreadReason } from "./error_kind.ts";
import type { AppliedCodings } from "./http/content_coding.ts";
import type { Deviation, DeviationClass, DeviationCode } from "./http/deviation.ts";
import type { Framing } from "./http/framing.ts";
import type { AnnouncedPersistence } from "./http/persistence.ts";

export type {
  AnnouncedPersistence,
  AppliedCodings,
  Deviation,
  DeviationClass,
  DeviationCode,
  ErrorKind,
  Framing,
  UnreadReason,
};

/** A field line as on the wire: name and value, with one code unit for each octet. */
export type HeaderField = [name: string, value: string];

/** The phase in which an exchange failed. */
export type Phase = "dns" | "connect" | "tls" | "send" | "wait" | "head" | "body";

/** The party at fault. `local` tells nothing about the target. */
export type Fault = "target" | "network" | "local";

/** The error of an exchange that did not complete. */
export interface ProbeError {
  /** Kind of the error. */
  kind: ErrorKind;
  /** Phase in which the exchange failed. */
  phase: Phase;
  /** Party at fault. */
  by: Fault;
  /** Description: the attempt, its target, and what happened instead. */
  message: string;
  /** The flags of Deno that grant a missing permission, as `--allow-net=example.com:443`; absent with other errors. */
  grant?: string[];
  /** The TLS alert with which the server ended the connection, as `handshake_failure`; its number if it has no name. */
  alert?: string;
  /**
   * The handshake failed, but the server answered with a TLS record. The port speaks TLS, so a bare host is not tried over
   * plain HTTP.
   */
  speaksTls?: true;
}

/** The size of a request, and the part of it that was sent. */
export interface RequestFacts {
  /** Octets of head and content; absent if there was no connection. */
  bytes?: number;
  /** Octets that the system accepted. Over TLS they are counted in steps of 64 KiB, so up to 64 KiB more may be sent. */
  sentBytes: number;
  /** The system accepted all of it; `false` if a response, the end of the connection or a time limit came first. */
  complete: boolean;
}

/**
 * A request as written. The values of `Authorization`, `Proxy-Authorization` and `Cookie` are replaced by `***`; the
 * octets are those of the real values.
 */
export interface WrittenRequest extends RequestFacts {
  /** Method; like `target` and `version`, it is absent if the octets do not begin with the head of a request. */
  method?: string;
  /** The request-target as written. */
  target?: string;
  /** Digits of the HTTP version, as in `1.1`. */
  version?: string;
  /** Header fields in wire order and case, with duplicates. */
  headers: HeaderField[];
  /** Octets of the head, with its empty line. */
  headBytes: number;
  /** Octets after the head, with framing. */
  bodyBytes: number;
  /** Codes of the deviations of the head; in a connection profile also of the content. */
  deviations?: string[];
  /** The beginning of a malformed request, escaped, with credentials masked. */
  excerpt?: string;
}

/** An interim (1xx) response that came before the final one. */
export interface InterimResponse {
  /** Status code, 100 to 199. */
  status: number;
  /** Reason phrase as received. */
  reason: string;
  /** Header fields in wire order and case, with duplicates. */
  headers: HeaderField[];
  /** Milliseconds after the request was sent. */
  at: number;
}

/** Facts about the content of a response. */
export interface BodyFacts {
  /** The framing that told the end of the content. */
  framing: Framing;
  /** Octets of content, without chunked framing. */
  bytes: number;
  /** Octets on the wire, with chunked framing and trailers. */
  wireBytes: number;
  /** The content was read to its end, as far as the framing can tell. */
  complete: boolean;
  /** Reason why the content was not read to its end. */
  unread?: UnreadReason;
  /** Octets of content that the head announced but that were not read. */
  unreadBytes?: number;
  /** Number of data chunks in chunked framing. */
  chunks?: number;
  /** Trailer fields of chunked framing, in wire order. */
  trailers: HeaderField[];
  /** SHA-256 of the content before decoding, in lower-case hex; only with the option `keepSha256`. */
  sha256?: string;
  /** Present if the content is coded (`Content-Encoding`, or a transfer coding other than chunked). */
  coding?: ContentCoding;
  /** The decoded content as text; only with the option `keepText`, and absent if decoding failed, see `coding.error`. */
  text?: string;
}

/** The coding of the content, and the outcome of decoding. `bytes`, `wireBytes` and `sha256` count the coded octets. */
export interface ContentCoding extends AppliedCodings {
  /** Octets of content after decoding; absent if it was not decoded to its end. */
  decodedBytes?: number;
  /** Reason why decoding failed; only with the option `keepText`. */
  error?: string;
}

/** Durations of the phases in milliseconds. */
export interface Timings {
  /** Name lookup; absent for an address, and if Deno had to look up the name itself. */
  dns?: number;
  /** TCP connect, with failed addresses. */
  connect?: number;
  /** TLS handshake. */
  tls?: number;
  /** Listening before the request, if that was an option. */
  listen?: number;
  /** Writing the request. If it was not written to its end, the phase ends with the first octet of the response or the failure. */
  send?: number;
  /** From the last octet sent to the first octet received, or to the failure. */
  wait?: number;
  /** From the first octet received (or the last octet sent, if later) to the end of the response, or to the failure. */
  receive?: number;
  /** Time that sonde itself spent. The other phases and this one add up to the total. */
  own?: number;
  /** From the start of the probe to the end of the response, or to the failure. */
  total: number;
  /** Longest delay of the event loop during this probe. */
  lag?: number;
  /** Sum of all delays of the event loop above 10 ms during this probe; the process was stopped or busy. */
  lost?: number;
}

/** One attempt to open a connection to one address. */
export interface ConnectTry {
  /** IP address, or the path of a Unix socket. */
  address: string;
  /** 0 for a Unix socket. */
  port: number;
  /** Duration of the attempt in milliseconds. */
  ms: number;
  /** Error of the attempt; absent if it succeeded. */
  error?: ProbeError;
}

/** An endpoint of a connection. */
export interface Endpoint {
  /** IP address, or the path of a Unix socket. */
  address: string;
  /** 0 for a Unix socket. */
  port: number;
}

/** The end of a connection. */
export interface ConnectionEnd {
  /** The side that ended it. */
  by: "peer" | "us";
  /**
   * `open`: still open when sonde stopped watching. `closed`: sonde closed it because of a deadline, a limit or a malformed
   * response. All others are actions of the peer: `fin` and `rst` on TCP; over TLS `close-notify`, `tls-truncated` (FIN
   * without close_notify) and `rst`.
   */
  how: "fin" | "close-notify" | "rst" | "tls-truncated" | "closed" | "open";
  /**
   * For `close-notify`: FIN followed while sonde was watching. A server may end TLS and leave the TCP connection open.
   */
  fin?: boolean;
  /** Milliseconds from close_notify to FIN. */
  finAfter?: number;
  /** Milliseconds from the last octet of the response to the end. */
  after?: number;
  /** For `open`: milliseconds for which sonde watched the connection after the response. */
  watched?: number;
}

/** Facts about the connection of an exchange. */
export interface ConnectionFacts {
  /** Endpoint of the server. */
  peer: Endpoint & { family?: 4 | 6 };
  /** Endpoint of this machine. */
  local: Endpoint;
  /** The connection carried another request before this one. */
  reused: boolean;
  /** Number of the request on the connection, from 1. */
  requestNumber: number;
  /** Persistence that the head announces; absent if no head was read. */
  announced?: AnnouncedPersistence;
  /** End of the connection, as far as sonde watched it. */
  end: ConnectionEnd;
  /** Octets that came after the end of the response. */
  surplusBytes: number;
}

/**
 * Reason why a connection cannot carry another request. `failed`: the previous exchange failed. `announced`: the previous
 * response announced the end of the connection. `excess-data`: octets arrived that belong to no request. `switched`: the
 * previous response left HTTP. `fin`, `close-notify`, `rst`, `tls-truncated`: the peer ended the connection. `closed`: sonde
 * ended it, because a request was not sent to its end.
 */
export type ReuseObstacle =
  | "failed"
  | "announced"
  | "excess-data"
  | "switched"
  | "fin"
  | "close-notify"
  | "rst"
  | "tls-truncated"
  | "closed";

/** The reason for a new connection in a series over one connection. */
export interface NewConnection {
  /** Reason why the previous connection could not be used. */
  why: ReuseObstacle;
  /** The reason in words, with figures. */
  message: string;
  /** Milliseconds from the end of the previous response to the cause, if it came later. */
  after?: number;
}

/** Facts of the certificate of a server. */
export interface CertificateFacts {
  /** Distinguished name in the order of the certificate, values escaped as in RFC 4514: `O=A\, B, CN=localhost`. */
  subject: string;
  /** Distinguished name of the issuer, in the same form. */
  issuer: string;
  /** DNS names and IP addresses of the subject alternative names. */
  names: string[];
  /** Beginning of the validity, ISO 8601, UTC. */
  notBefore: string;
  /** End of the validity, ISO 8601, UTC. */
  notAfter: string;
  /** Whole days until `notAfter`; negative afterwards. */
  daysLeft: number;
  /** SHA-256 of the certificate in DER, in lower-case hex. */
  fingerprint256: string;
  /** Serial number in hex, an even number of upper-case digits. */
  serial: string;
  /** Number of known certificates from that of the server to its root, 32 at most. */
  chainLength: number;
  /**
   * The certificates above that of the server, in order. If the certificate was accepted, they are those of the path to a
   * trusted root, and the root itself if it is known: sonde knows it if the server sent it or `caCerts` has it. Other
   * certificates that the server sent are left out. If the certificate was not accepted, they are those that the server
   * sent and that name each other as issuers. Absent in results of older versions.
   */
  issuers?: IssuerFacts[];
}

/** Facts of a certificate above that of the server. */
export interface IssuerFacts {
  /** Distinguished name, in the form of {@linkcode CertificateFacts}. */
  subject: string;
  /** End of the validity, ISO 8601, UTC. */
  notAfter: string;
  /** Whole days until `notAfter`; negative afterwards. */
  daysLeft: number;
  /** SHA-256 of the certificate in DER, in lower-case hex. */
  fingerprint256: string;
}

/** A certificate that a redirect chain depends on. */
export interface ChainCertificate {
  /** Distinguished name, in the form of {@linkcode CertificateFacts}. */
  subject: string;
  /** End of the validity, ISO 8601, UTC. */
  notAfter: string;
  /** Whole days until `notAfter`; negative afterwards. */
  daysLeft: number;
  /** SHA-256 of the certificate in DER, in lower-case hex. */
  sha256: string;
  /** URL of the first hop that depends on the certificate. */
  url: string;
  /** The certificate of that hop was accepted. */
  verified: boolean;
}

/** Facts about all hops of a redirect chain together. */
export interface ChainFacts {
  /** Sum of the totals of all hops in milliseconds. Failed attempts before them do not count. */
  total: number;
  /** Number of hops: the redirects that were followed, and the last request. */
  hops: number;
  /** The certificate that expires first, of all hops and of the issuers up to the roots; absent without TLS. */
  earliestCertificate?: ChainCertificate;
}

/** Facts of the TLS handshake of a connection. */
export interface TlsFacts {
  /** Version, as in `TLSv1.3`. */
  version?: string;
  /** Name of the cipher suite. */
  cipher?: string;
  /** Protocol chosen by ALPN; `null` if the server chose none. */
  alpn: string | null;
  /** Name sent as SNI; empty for an IP address. */
  sni: string;
  /** The certificate is trusted, valid now, and valid for this name. */
  verified: boolean;
  /** Reason why the certificate is not accepted. */
  verifyError?: string;
  /** The server asked to renegotiate (TLS 1.2), for instance for a client certificate. A probe always refuses that. */
  askedToRenegotiate?: true;
  /** Facts of the certificate of the server. */
  certificate?: CertificateFacts;
}

/** The check of one expectation. */
export interface Check {
  /** The expectation as written. */
  expect: string;
  /** The expectation holds. */
  ok: boolean;
  /**
   * The actual value. A number of a JSON body that JavaScript would write differently (too many digits, `1.0`, `1e400`,
   * `-0`) is a `WrittenNumber`, which JSON writes with the original digits.
   */
  actual: unknown;
  /** Reason why the fact could not be established; the expectation then does not hold. */
  reason?: string;
  /**
   * Advice for an expectation that could not be told because the measurement ended too early. A flag in it, such as
   * `--idle-limit 66s`, is the option `idleLimit: 66_000`.
   */
  advice?: string;
  /** Milliseconds from the measurement of an experiment to this run; only in a watch, for an earlier measurement. */
  age?: number;
}

/** The result of one probe. */
export interface ProbeResult {
  /** Version of this form. */
  schema: 1;
  /** The target as the user wrote it. */
  input: string;
  /** Scheme, host, port and path of the request, without credentials. */
  url: string;
  /** Method of the request. */
  method: string;
  /** Start, ISO 8601, UTC; after redirects that of the last hop. */
  startedAt: string;
  /** Size of the request; with the option `keepRequest` also the request as written. */
  request?: RequestFacts & Partial<WrittenRequest>;
  /** A complete final response was read, and all expectations hold. In a watch, also if they ask for the error. */
  ok: boolean;
  /** Present if the exchange did not complete. */
  error?: ProbeError;
  /** Status code of the final response. */
  status?: number;
  /** Reason phrase as received, with padding. */
  reason?: string;
  /** Digits of the HTTP version, as in `1.1`. */
  version?: string;
  /** Header fields in wire order and case, with duplicates. */
  headers?: HeaderField[];
  /** Interim (1xx) responses in order. */
  interim: InterimResponse[];
  /** Facts about the content; present if the head is complete. */
  body?: BodyFacts;
  /** Deviations of the response from the rules, in order. */
  deviations: Deviation[];
  /** Durations of the phases. */
  timings: Timings;
  /** Facts about the connection; absent if there was none. */
  connection?: ConnectionFacts;
  /** Reason for a new connection, if the previous one should have been used. */
  newConnection?: NewConnection;
  /** Facts of the TLS handshake, if it came that far. */
  tls?: TlsFacts;
  /** All addresses in the order in which they were tried, if at least one failed. */
  tries?: ConnectTry[];
  /** Earlier hops, each a whole result. */
  redirects: ProbeResult[];
  /** Checks of the expectations. */
  checks: Check[];
  /**
   * Failed attempts before this one: retries, or a try over https for a host without a scheme. `url` is present if an
   * attempt had another URL than this result.
   */
  attempts?: { error: ProbeError; total: number; url?: string }[];
  /** Facts about all hops together; absent in an earlier hop, and in a request of a session. */
  chain?: ChainFacts;
  /** Targets in progress when this one began, itself included; only in a batch. */
  concurrency?: number;
  /** Reports of experiments on the same target, by name; only in a batch with experiments. */
  experiments?: Record<string, ExperimentReport>;
  /** Milliseconds from the start of these experiments to that of this exchange; only in a watch. */
  experimentsAge?: number;
  /** Number of the line with the target; only in a batch. */
  line?: number;
  /** The tag of the target, by which a user can recognise it. */
  tag?: string;
  /** The address to use instead of a lookup; only in a batch. */
  address?: string;
  /** Stable hash of the whole line, if the input alone does not identify the target. */
  id?: string;
}

/** An exchange of an experiment; only with the option `keepExchanges`. */
export interface KeptExchange extends ProbeResult {
  /** Number of the connection within the experiment, from 1, as in its evidence; absent if there was no connection. */
  connectionNumber?: number;
  /** Long values, or field lines beyond the hundredth, were cut. */
  shortened?: boolean;
}

/** The exchanges of one experiment. Of many, only the first and last ones are kept. */
export interface ExperimentExchanges {
  /** The kept exchanges in the order of their start. */
  kept: KeptExchange[];
  /** Number of exchanges that were not kept. */
  leftOut: number;
}

/** The report of one experiment. */
export interface ExperimentReport {
  /** Outcome, one of a closed list for each experiment; `unknown` if it could not be told, or `skipped`. */
  outcome: string;
  /** Summary for people in one line, with figures. */
  summary: string;
  /** Facts by name. The names are stable; a name that ends in `Ms` means milliseconds. */
  facts: Record<string, unknown>;
  /** Escaped excerpts of the wire that prove the outcome. */
  evidence: string[];
  /** Duration in milliseconds. */
  ms: number;
}

/** Severity of a finding. */
export type Severity = "problem" | "warning" | "info";

/** A finding about a server, with advice. */
export interface Finding {
  /** Code, one of a closed list that is part of the public interface. */
  code: string;
  /** Severity. */
  severity: Severity;
  /** Name of the experiment that found it. */
  experiment: string;
  /** Description with figures. */
  message: string;
  /** Advice for the owner of the server. A flag in it, such as `--idle-limit 66s`, is the option `idleLimit: 66_000`. */
  advice: string;
}

/** The connection behaviour of a server. */
export interface ConnectionProfile {
  /** Version of this form. */
  schema: 1;
  /** The target as the user wrote it. */
  input: string;
  /** URL of the requests, without credentials. */
  url: string;
  /** Start, ISO 8601, UTC. */
  startedAt: string;
  /** The server could be reached, and all expectations hold. */
  ok: boolean;
  /** Endpoints of the first connection; absent if there was none. */
  contact?: { local: Endpoint; peer: Endpoint };
  /** Error, if the server could not be reached. */
  error?: ProbeError;
  /** Reports by name, in the order of the table of experiments. */
  experiments: Record<string, ExperimentReport>;
  /** Findings of the experiments. */
  findings: Finding[];
  /** Checks of the expectations. */
  checks: Check[];
  /** Exchanges of the first `contact` and of each experiment, by name; only with the option `keepExchanges`. */
  exchanges?: Record<string, ExperimentExchanges>;
}
