/**
 * A fault of the zoo: a peer, and the verdict that a probe of it must reach.
 *
 * @module
 */

import type { DeviationCode } from "../../lib/http/deviation.ts";
import type { ProbeOptions } from "../../lib/probe/options.ts";
import type {
  ConnectionEnd,
  ConnectionProfile,
  ErrorKind,
  Fault as Blame,
  Phase,
  ProbeResult,
} from "../../lib/result.ts";
import { fixture, type PeerTls, type Script } from "../peer/peer.ts";

type EndTerms = "none" | `${ConnectionEnd["by"]} ${ConnectionEnd["how"]}`;
type ErrorTerms = `${ErrorKind} ${Phase} ${Blame}`;

/** What the experiments `keep-alive` and `close` find. */
type ConnTerms = `${"yes" | "no" | "lie" | "unknown"} ${"honoured" | "left-open" | "silent"}`;

/** The expected verdict. */
export interface Verdict {
  /** Kind, phase and who is to blame; absent if a complete response must be read. Several where it is a matter of luck. */
  readonly error?: ErrorTerms | readonly ErrorTerms[];
  /** Absent if no status may be read. */
  readonly status?: number;
  /** The codes of all deviations in the order of their discovery; none by default. */
  readonly deviations?: readonly DeviationCode[];
  /** How the connection ended; absent if there must not be one. */
  readonly end?: EndTerms | readonly EndTerms[];
}

/** A server that does one thing wrong, or something that only looks wrong. */
export interface Fault {
  /** What the server does, after "a server that": a name, and a line of the documentation. */
  readonly does: string;
  /** On each connection the next one, the last one for all that follow; or what else happens on a port. */
  readonly peer: Script | readonly Script[] | "nobody" | "full";
  readonly tls?: PeerTls;
  /** Of the URL. @default {"https" with `tls`} */
  readonly scheme?: "http" | "https";
  /** Options of the probe in addition to {@linkcode USUAL}. */
  readonly options?: ProbeOptions;
  readonly verdict: Verdict;
  /**
   * What a profile says: two outcomes, or the error of the first answer.
   *
   * @default the error of the probe, redirects aside, or `lie left-open`: most servers here answer one request on each
   * connection, and stay
   */
  readonly conn?: ConnTerms | ErrorTerms;
}

/** The faults of one kind. */
export interface FaultGroup {
  readonly title: string;
  readonly faults: readonly Fault[];
}

/** Milliseconds for a fault that ends only with the deadline. */
export const DEADLINE = 800;
/** Milliseconds after its deadline within which a verdict is there, on a machine with other things to do. */
export const SLACK = 2_000;

/** Options of every probe of the zoo. */
export const USUAL: ProbeOptions = {
  maxTime: 10_000,
  maxBody: 1024 * 1024,
  linger: { kept: 60, closing: 250 },
  maxRedirects: 3,
  caCerts: [fixture("ca.pem")],
};

/** For faults that keep a probe waiting until its deadline. */
export const WAITS: ProbeOptions = { maxTime: DEADLINE };

/** The end of a request without content. */
export const REQUEST = { expect: "\r\n\r\n" } as const;
/** Stays until the other side goes. */
export const STALL = { stall: true } as const;
/** A complete answer that keeps the connection. */
export const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

/** Reads the request, sends a text, and stays. */
export function says(text: string): Script {
  return [REQUEST, { send: text }, STALL];
}

/** Reads the request, sends a text, and closes. */
export function saysLast(text: string): Script {
  return [REQUEST, { send: text }];
}

/** Tells whether a probe of the fault reaches its verdict only at its deadline. */
export function waits({ options }: Fault): boolean {
  return options?.maxTime === DEADLINE;
}

/** Milliseconds within which a probe must reach the verdict. */
export function within(fault: Fault): number {
  return (waits(fault) ? DEADLINE : 0) + SLACK;
}

/** The outcome in the terms of the table; if the table allows several outcomes and this is one of them, all of them. */
export function verdictOf(
  { error, status, deviations, connection }: ProbeResult,
  { verdict }: Fault,
): Verdict {
  const end = connection ? `${connection.end.by} ${connection.end.how}` as const : "none";
  return {
    ...(error && { error: inTermsOf(verdict.error, `${error.kind} ${error.phase} ${error.by}`) }),
    ...(status !== undefined && { status }),
    ...(deviations.length > 0 && { deviations: [...new Set(deviations.map(({ code }) => code))] }),
    ...((connection || Array.isArray(verdict.end)) && { end: inTermsOf(verdict.end, end) }),
  };
}

/** The allowed outcomes of a profile. */
export function connVerdicts({ conn, verdict: { error } }: Fault): readonly string[] {
  if (conn !== undefined) return [conn];
  const errors = error === undefined ? [] : [error].flat();
  return errors.length === 0 || errors[0]?.startsWith("redirect") ? ["lie left-open"] : errors;
}

/** The outcome of a profile in the terms of the table. */
export function connVerdictOf({ error, experiments }: ConnectionProfile): string {
  if (error) return `${error.kind} ${error.phase} ${error.by}`;
  return `${experiments["keep-alive"]?.outcome} ${experiments["close"]?.outcome}`;
}

function inTermsOf<Terms extends string>(
  expected: Terms | readonly Terms[] | undefined,
  actual: Terms,
): Terms | readonly Terms[] {
  return expected !== undefined && [expected].flat().includes(actual) ? expected : actual;
}
