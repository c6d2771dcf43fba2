/**
 * The data that a probe yields: types only. One TypeScript type is one JSON object, so that NDJSON is
 * `JSON.stringify` of exactly this. Milliseconds and octets are numbers. A fact that was not established
 * is left out; `null` means "looked for, and there is none".
 *
 * @module
 */

import type { ErrorKind, UnreadReason } from "./error_kind.ts";
import type { AppliedCodings } from "./http/content_coding.ts";
import type { Deviation } from "./http/deviation.ts";
import type { Framing } from "./http/framing.ts";
import type { AnnouncedPersistence } from "./http/persistence.ts";

export type { AnnouncedPersistence, AppliedCodings, Deviation, ErrorKind, Framing, UnreadReason };

/** A field line as it stood on the wire: name and value, one code unit per octet. */
export type HeaderField = [name: string, value: string];

/** How far the exchange had come when it failed. */
export type Phase = "dns" | "connect" | "tls" | "send" | "wait" | "head" | "body";

/** Whose fault a failure is. `local` says nothing at all about the target. */
export type Fault = "target" | "network" | "local";

/** Why an exchange did not complete. */
export interface ProbeError {
  /** What went wrong. */
  kind: ErrorKind;
  /** How far the exchange had come. */
  phase: Phase;
  /** Whose fault it is. */
  by: Fault;
  /** What was being done, to what, and what was received instead. */
  message: string;
  /** The TLS alert with which the server ended the connection, as `handshake_failure`; its number if it has no name. */
  alert?: string;
  /**
   * The handshake failed, but the server had answered with a record of TLS: the port speaks TLS, and a bare host is not
   * tried over plain HTTP.
   */
  speaksTls?: true;
}

/** How much of a request was sent. */
export interface RequestFacts {
  /** Octets of the request, head and content; absent where there was no connection to send it over. */
  bytes?: number;
  /** Octets of it that the system took; over TLS in steps of 64 KiB, so up to as many more may have been sent. */
  sentBytes: number;
  /** The system took all of it: false where an answer, the end of the connection or a time limit came before that. */
  complete: boolean;
}

/**
 * A request as it was written. The values of `Authorization`, `Proxy-Authorization` and `Cookie` are `***`, whole; the
 * numbers of octets are those of what was written.
 */
export interface WrittenRequest extends RequestFacts {
  /** Absent where the octets do not begin with the head of a request, as `target` and `version` are. */
  method?: string;
  /** The request-target as it stood there. */
  target?: string;
  /** Digits of the HTTP version, as `1.1`. */
  version?: string;
  /** Wire order and case, duplicates kept. */
  headers: HeaderField[];
  /** Octets of the head, its empty line included. */
  headBytes: number;
  /** Octets after the head, framing included. */
  bodyBytes: number;
  /** Codes of the rules that the head bends, where it does; in a connection profile those of the content too. */
  deviations?: string[];
  /** The beginning of what is no well-formed request, escaped, fields with credentials masked. */
  excerpt?: string;
}

/** An interim (1xx) response that came before the final one. */
export interface InterimResponse {
  /** Its status code, 100 to 199. */
  status: number;
  /** The reason phrase as it stood there. */
  reason: string;
  /** Wire order and case, duplicates kept. */
  headers: HeaderField[];
  /** Milliseconds after the request was sent. */
  at: number;
}

/** What is known of the content that followed the head. */
export interface BodyFacts {
  /** How the end was found. */
  framing: Framing;
  /** Octets of content, chunked framing taken off. */
  bytes: number;
  /** Octets on the wire, chunked framing and trailers included. */
  wireBytes: number;
  /** All of it was read, as far as the framing can tell. */
  complete: boolean;
  /** Why it was not read to its end, where it was not. */
  unread?: UnreadReason;
  /** Octets of content that the head announced and that were not read. */
  unreadBytes?: number;
  /** Number of data chunks, for chunked framing. */
  chunks?: number;
  /** Trailer fields of chunked framing, in wire order. */
  trailers: HeaderField[];
  /** SHA-256 of the content in lower-case hex, when asked for; of coded content as it came, before decoding. */
  sha256?: string;
  /** Present if the content is coded (`Content-Encoding`, or a transfer coding other than chunked). */
  coding?: ContentCoding;
  /** The content as text, decoded, when asked for; absent if it could not be decoded, see `coding.error`. */
  text?: string;
}

/** How the content is coded, and what decoding it gave. `bytes`, `wireBytes` and `sha256` are those of the coded octets. */
export interface ContentCoding extends AppliedCodings {
  /** Octets of content after decoding; absent if it was not decoded, or not to its end. */
  decodedBytes?: number;
  /** Why the content could not be decoded, where its text was asked for. */
  error?: string;
}

/** Durations of the phases in milliseconds, not points in time. */
export interface Timings {
  /** Name lookup; absent for an address, or where Deno had to look the name up itself. */
  dns?: number;
  /** TCP connect, failed addresses included. */
  connect?: number;
  /** TLS handshake. */
  tls?: number;
  /** Listening before the request, where that was asked for. */
  listen?: number;
  /** Writing the request; until the answer began, or until the failure, if it was not written whole. */
  send?: number;
  /** From the last octet sent to the first octet received, or to the failure. */
  wait?: number;
  /** From the first octet received, and the last one sent, to the last one of the response, or to the failure. */
  receive?: number;
  /** What of the total belongs to no phase: sonde itself. The phases and it add up to the total. */
  own?: number;
  /** From the start of the probe to the last octet of the response, or to the failure. */
  total: number;
  /** The worst delay of the event loop seen while this probe ran. */
  lag?: number;
  /** The sum of all delays of the event loop above 10 ms while this probe ran: the process was stopped, or busy. */
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
  /** Absent on the attempt that succeeded. */
  error?: ProbeError;
}

/** An end point of a connection. */
export interface Endpoint {
  /** IP address, or the path of a Unix socket. */
  address: string;
  /** 0 for a Unix socket. */
  port: number;
}

/** How a connection ended, and by whom. */
export interface ConnectionEnd {
  /** Who ended it. */
  by: "peer" | "us";
  /**
   * `open`: it was still open when we stopped watching; `closed`: we closed it, because of a deadline, a limit or an
   * answer that cannot be read on. The others are what the peer did: `fin` and `rst` on TCP; over TLS `close-notify`,
   * `tls-truncated` (FIN without close_notify) and `rst`.
   */
  how: "fin" | "close-notify" | "rst" | "tls-truncated" | "closed" | "open";
  /**
   * For `close-notify`: whether FIN followed by the end of the watch. A server may end TLS and leave the TCP connection
   * open.
   */
  fin?: boolean;
  /** Milliseconds from close_notify to FIN. */
  finAfter?: number;
  /** Milliseconds from the last octet of the response to the end. */
  after?: number;
}

/** How the connection of an exchange lived. */
export interface ConnectionFacts {
  /** The other side. */
  peer: Endpoint & { family?: 4 | 6 };
  /** Our side. */
  local: Endpoint;
  /** True from the second request on one connection on. */
  reused: boolean;
  /** 1 for the first request on the connection. */
  requestNumber: number;
  /** Absent where no head was read. */
  announced?: AnnouncedPersistence;
  /** How it ended, as far as it was watched. */
  end: ConnectionEnd;
  /** Octets that came after the end of the response. */
  surplusBytes: number;
}

/**
 * Why a connection cannot carry another request: `failed`: the exchange before it failed; `announced`: the answer before
 * it ends the use of the connection; `excess-data`: octets came that no request had asked for; `switched`: the answer
 * before it leaves HTTP; `fin`, `close-notify`, `rst`, `tls-truncated`: the peer ended the connection; `closed`: we did, with
 * a request that was not sent to its end.
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

/** Why a request of a series over one connection got a new one. */
export interface NewConnection {
  /** What forbade to use the connection before. */
  why: ReuseObstacle;
  /** In words, with figures. */
  message: string;
  /** Milliseconds from the last octet of the answer before to what forbade it, where that came later. */
  after?: number;
}

/** What the server's certificate says. */
export interface CertificateFacts {
  /** Distinguished name in the order of the certificate, values escaped as in RFC 4514: `O=A\, B, CN=localhost`. */
  subject: string;
  /** Distinguished name of who signed it, written as `subject` is. */
  issuer: string;
  /** DNS names and IP addresses of the subject alternative names. */
  names: string[];
  /** ISO 8601, UTC. */
  notBefore: string;
  /** ISO 8601, UTC. */
  notAfter: string;
  /** Whole days until `notAfter`, negative once it has passed. */
  daysLeft: number;
  /** SHA-256 of the certificate in DER, in lower-case hex. */
  fingerprint256: string;
  /** Serial number in hex, an even number of upper-case digits. */
  serial: string;
  /** Number of certificates from the server's own to its root, as far as they are known; 32 at most. */
  chainLength: number;
}

/** What the TLS handshake of this connection established. */
export interface TlsFacts {
  /** As `TLSv1.3`. */
  version?: string;
  /** Name of the cipher suite. */
  cipher?: string;
  /** Protocol chosen by ALPN; `null` when none was chosen. */
  alpn: string | null;
  /** Name sent as SNI; empty for an IP address. */
  sni: string;
  /** The certificate is trusted, valid now and for this name. */
  verified: boolean;
  /** Why the certificate was not accepted. */
  verifyError?: string;
  /** The server asked to renegotiate (TLS 1.2), for a client certificate for instance, and was refused: no probe can. */
  askedToRenegotiate?: true;
  /** Facts of the certificate of the server itself. */
  certificate?: CertificateFacts;
}

/** An expectation and what was found. */
export interface Check {
  /** The expectation as written. */
  expect: string;
  /** Whether it holds. */
  ok: boolean;
  /**
   * What was found instead, or as well. A number of a JSON body that JavaScript would write differently (more digits than
   * it can hold, `1.0`, `1e400`, `-0`) is a `WrittenNumber`: JSON shows its digits as they were written.
   */
  actual: unknown;
  /** Why it could not be established what there is, where that is known; then nothing holds. */
  reason?: string;
  /** Where it could not be told because nobody looked for long enough: how it can be. */
  advice?: string;
}

/** Everything that one probe saw. */
export interface ProbeResult {
  /** Version of this form. */
  schema: 1;
  /** As the user wrote it. */
  input: string;
  /** Scheme, host, port and path of the request, without credentials. */
  url: string;
  /** Method of the request. */
  method: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** How much of the request was sent; and what was written, where it was to be kept and there was a connection. */
  request?: RequestFacts & Partial<WrittenRequest>;
  /** A complete final response was read, and every expectation holds. */
  ok: boolean;
  /** Present if the exchange did not complete. */
  error?: ProbeError;
  /** Status code of the final response. */
  status?: number;
  /** Reason phrase as it stood there, padding included. */
  reason?: string;
  /** Digits of the HTTP version, as `1.1`. */
  version?: string;
  /** Wire order and case, duplicates kept. */
  headers?: HeaderField[];
  /** Interim (1xx) responses, in order. */
  interim: InterimResponse[];
  /** Present when the head is complete. */
  body?: BodyFacts;
  /** Every place where the response bent a rule. */
  deviations: Deviation[];
  /** Where the time went. */
  timings: Timings;
  /** Present when there was a connection. */
  connection?: ConnectionFacts;
  /** Present where the connection of the request before was to be used, and could not be. */
  newConnection?: NewConnection;
  /** Present when a handshake came so far. */
  tls?: TlsFacts;
  /** Every address tried, in order, when at least one failed. */
  tries?: ConnectTry[];
  /** Earlier hops, each whole. */
  redirects: ProbeResult[];
  /** Expectations, when there were any. */
  checks: Check[];
  /**
   * Failed attempts before this one, when retrying was asked for, or a host without a scheme did not answer over https; then
   * `url` says what was tried in place of this result's.
   */
  attempts?: { error: ProbeError; total: number; url?: string }[];
  /** Targets that were under way when this one began, itself included, in a batch. */
  concurrency?: number;
  /** Reports of experiments on the same target, by name, where a batch was asked for them. */
  experiments?: Record<string, ExperimentReport>;
  /** Number of the line that the target comes from, in a batch. */
  line?: number;
  /** What the target was given to be found again by. */
  tag?: string;
  /** The address that was asked for instead of a lookup, in a batch. */
  address?: string;
  /** Stable hash of the whole line, where the input alone does not tell two targets of a list apart. */
  id?: string;
}

/** An exchange of an experiment, where they were to be kept. */
export interface KeptExchange extends ProbeResult {
  /** Number of the connection within the experiment, from 1, as in its evidence; absent where none was opened. */
  connectionNumber?: number;
  /** Long values and field lines beyond the hundredth were cut. */
  shortened?: boolean;
}

/** The exchanges of one experiment; of many, those that were over first and last. */
export interface ExperimentExchanges {
  /** In the order in which they began. */
  kept: KeptExchange[];
  /** Number of those that were not kept. */
  leftOut: number;
}

/** What one experiment on the connection behaviour of a server found. */
export interface ExperimentReport {
  /** One of a closed list for each experiment, `unknown` when it could not be told, or `skipped`. */
  outcome: string;
  /** One line for people, with the figures. */
  summary: string;
  /** Names are stable; times that end in `Ms` are milliseconds. */
  facts: Record<string, unknown>;
  /** Escaped excerpts of the wire that the outcome rests on. */
  evidence: string[];
  /** How long it took, in milliseconds. */
  ms: number;
}

/** How much a finding matters. */
export type Severity = "problem" | "warning" | "info";

/** Advice that follows from what an experiment measured. */
export interface Finding {
  /** One of a closed list, part of the public interface. */
  code: string;
  /** How much it matters. */
  severity: Severity;
  /** Name of the experiment that it rests on. */
  experiment: string;
  /** What was found, with the figures. */
  message: string;
  /** What to do about it. */
  advice: string;
}

/** How the connections of a server live and die. */
export interface ConnectionProfile {
  /** Version of this form. */
  schema: 1;
  /** As the user wrote it. */
  input: string;
  /** What was asked for, without credentials. */
  url: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** The server could be reached, and every expectation holds. */
  ok: boolean;
  /** Present if the server could not be reached. */
  error?: ProbeError;
  /** By name, in the order of the table of experiments. */
  experiments: Record<string, ExperimentReport>;
  /** What follows from the experiments. */
  findings: Finding[];
  /** Expectations, when there were any. */
  checks: Check[];
  /** Where they were to be kept: that of the first `contact`, then those of each experiment that was made, by name. */
  exchanges?: Record<string, ExperimentExchanges>;
}
