/**
 * Opens a connection: name lookup, TCP connect and TLS handshake as separate phases, one address at a time.
 *
 * @module
 */

import type { ConnectTry, ProbeError, TlsFacts } from "../../result.ts";
import { loadResolver } from "./ask_resolver.ts";
import { missingPermission } from "../errors/classify_error.ts";
import type { Connection } from "../connection.ts";
import type { Deadline } from "../deadline.ts";
import type { DialRequest } from "./dial_request.ts";
import { givenTargets, lookUpTargets, needsLookup } from "./dial_targets.ts";
import { endsDialling, moreInformative } from "./failed_try.ts";
import { ipFamily } from "../ip_address.ts";
import { type OpenOutcome, openSocket, type SocketAddress } from "./open_socket.ts";
import { hostAndPort } from "../permission.ts";
import { TcpConnection } from "../tcp_connection.ts";
import type { TlsRequest } from "../tls/tls_request.ts";

export type { DialRequest, TlsRequest };

/** Limits of single phases in milliseconds, in addition to the deadline of the whole exchange. */
export interface DialLimits {
  /** Limit for each address. */
  readonly connectTimeout?: number;
  readonly tlsTimeout?: number;
  readonly dnsTimeout?: number;
}

/** The outcome of dialling: a connection or an error, with every attempt and the duration of each phase. */
export interface DialOutcome {
  readonly connection?: Connection | undefined;
  readonly error?: ProbeError | undefined;
  /** Every attempted address in order, including the successful one. */
  readonly tries: readonly ConnectTry[];
  /** Durations in milliseconds; `connect` covers all attempts together. A phase that did not begin is absent. */
  readonly timings: { dns?: number; connect?: number; tls?: number };
  /** Also present if the handshake succeeded but the certificate was refused. */
  readonly tls?: TlsFacts | undefined;
}

/**
 * Loads the parts of Deno that a request needs. A probe of an IP address over plain HTTP needs neither the resolver nor
 * TLS, and loading those takes longer than the probe. {@linkcode dial} loads them too; for a measurement, call this
 * before the clock starts.
 */
export async function prepareDial(request: DialRequest): Promise<void> {
  if (needsLookup(request)) await loadResolver(request.host);
  if (request.tls) {
    const { secureContextOf } = await loadTls();
    secureContextOf(request.tls);
    await (await import("../tls/warm_up_tls.ts")).warmUpTls();
  }
}

async function loadTls(): Promise<
  typeof import("../tls/open_tls.ts") & typeof import("../tls/secure_context.ts")
> {
  const [openTls, secureContext] = await Promise.all([
    import("../tls/open_tls.ts"),
    import("../tls/secure_context.ts"),
  ]);
  return { ...openTls, ...secureContext };
}

/**
 * Opens a connection. It tries the addresses one after the other in the order of the lookup, and goes on to the next
 * one only if connecting fails. A failed TLS handshake is final.
 *
 * @param request The place to connect to, and the TLS to use there.
 * @param deadline Deadline of the whole exchange; the caller continues to use it.
 * @param limits Limits of the single phases.
 * @returns The connection or the error; no action of a peer or the network makes this function throw.
 * @throws {TypeError} If one of `addresses` is not an IP address, or keys or certificates for TLS cannot be used.
 * @throws {RangeError} If the port is not between 1 and 65,535.
 *
 * @example Usage
 * ```ts
 * import { Deadline } from "../deadline.ts";
 * import { dial } from "./dial.ts";
 *
 * using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
 * using deadline = new Deadline({ maxTime: 10_000 });
 * const { connection, error } = await dial({ host: "127.0.0.1", port: listener.addr.port }, deadline);
 * if (connection === undefined) throw new Error(error?.message);
 * connection.close();
 * ```
 */
export function dial(
  request: DialRequest,
  deadline: Deadline,
  limits: DialLimits = {},
): Promise<DialOutcome> {
  return new Dialling(request, deadline, limits).run();
}

function checkRequest({ host, port, addresses = [], unixSocket }: DialRequest): void {
  if (unixSocket !== undefined) return;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new RangeError(`Cannot dial ${host}: ${port} is not a port`);
  }
  for (const address of addresses) {
    if (ipFamily(address) === 0) {
      throw new TypeError(`Cannot dial ${host}: "${address}" is not an IP address`);
    }
  }
}

/** One call of {@linkcode dial}. */
class Dialling {
  readonly #request: DialRequest;
  readonly #deadline: Deadline;
  readonly #limits: DialLimits;
  readonly #tries: ConnectTry[] = [];
  readonly #timings: DialOutcome["timings"] = {};

  constructor(request: DialRequest, deadline: Deadline, limits: DialLimits) {
    this.#request = request;
    this.#deadline = deadline;
    this.#limits = limits;
  }

  async run(): Promise<DialOutcome> {
    checkRequest(this.#request);
    const { tls } = this.#request;
    // Unusable keys are the caller's mistake, and they throw before anything is sent.
    const secure = tls && await this.#prepareTls(tls);
    const found = givenTargets(this.#request) ??
      await lookUpTargets(this.#request, this.#deadline, this.#limits.dnsTimeout);
    if (found.dns !== undefined) this.#timings.dns = found.dns;
    if ("error" in found) return this.#failed(found.error);
    const start = performance.now();
    const opened = await this.#openFirst(found.targets);
    this.#timings.connect = performance.now() - start;
    if ("error" in opened) return this.#failed(opened.error);
    const plain = new TcpConnection(opened.conn);
    return secure ? await secure(plain) : { connection: plain, ...this.#soFar() };
  }

  async #prepareTls(tls: TlsRequest): Promise<(plain: Connection) => Promise<DialOutcome>> {
    const { openTls, secureContextOf } = await loadTls();
    const context = secureContextOf(tls);
    return async (plain) => {
      const { took, ...secured } = await openTls(plain, tls, {
        context,
        deadline: this.#deadline,
        limit: this.#limits.tlsTimeout,
      });
      this.#timings.tls = took;
      return { ...secured, ...this.#soFar() };
    };
  }

  #soFar(): Pick<DialOutcome, "tries" | "timings"> {
    return { tries: this.#tries, timings: this.#timings };
  }

  #failed(error: ProbeError): DialOutcome {
    return { error, ...this.#soFar() };
  }

  async #openFirst(targets: readonly SocketAddress[]): Promise<OpenOutcome> {
    let verdict: ProbeError | undefined;
    for (const target of targets) {
      const opened = await this.#open(target);
      if (!("error" in opened)) return opened;
      verdict = moreInformative(verdict, opened.error);
      if (endsDialling(opened)) return { error: opened.error };
      if (this.#deadline.isOver) return { error: this.#sayTried(opened.error, targets.length) };
    }
    return { error: this.#sayTried(verdict as ProbeError, targets.length) };
  }

  #sayTried(error: ProbeError, all: number): ProbeError {
    if (all === 1) return error;
    const tried = this.#tries.length;
    const count = tried === all ? `${all}` : `${tried} of ${all}`;
    return { ...error, message: `${error.message}; ${count} addresses tried` };
  }

  async #open(target: SocketAddress): Promise<OpenOutcome> {
    const [address, port] = "path" in target ? [target.path, 0] : [target.hostname, target.port];
    const doing = `connect to ${"path" in target ? target.path : hostAndPort(address, port)}`;
    const start = performance.now();
    const opened = this.#rightFamily(
      await openSocket(target, this.#deadline, doing, this.#limits.connectTimeout),
      doing,
    );
    const ms = performance.now() - start;
    this.#tries.push("error" in opened ? { address, port, ms, error: opened.error } : { address, port, ms });
    return opened;
  }

  /** Refuses an address of the wrong family: if only connecting by name is permitted, Deno chooses the address. */
  #rightFamily(opened: OpenOutcome, doing: string): OpenOutcome {
    const { family, host, port } = this.#request;
    if ("error" in opened || family === undefined || opened.conn.remoteAddr.transport !== "tcp") {
      return opened;
    }
    if (ipFamily(opened.conn.remoteAddr.hostname) === family) return opened;
    opened.conn.close();
    const because = `--allow-net=${hostAndPort(host, port)} leaves the choice of the address to Deno`;
    return { error: missingPermission("connect", `${doing} over IPv${family}`, ["--allow-net"], because) };
  }
}
