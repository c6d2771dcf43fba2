/**
 * Opens a connection: name lookup, TCP connect and TLS handshake as phases apart, one address at a time.
 *
 * @module
 */

import type { ConnectTry, ProbeError, TlsFacts } from "../result.ts";
import { missingPermission } from "./classify_error.ts";
import type { Connection } from "./connection.ts";
import type { Deadline } from "./deadline.ts";
import { ipFamily } from "./ip_address.ts";
import { loadResolver, lookupAddresses } from "./lookup.ts";
import { type OpenOutcome, openSocket, type SocketAddress } from "./open_socket.ts";
import { hostAndPort, mayConnect, missingForUnixSocket } from "./permission.ts";
import { TcpConnection } from "./tcp_connection.ts";
import type { TlsRequest } from "./tls_request.ts";

export type { TlsRequest };

/** Where to connect, and how. */
export interface DialRequest {
  /** A name or an IP address, no brackets; an IPv6 address may carry a zone. */
  readonly host: string;
  /** 1 to 65,535; of no account with `unixSocket`. */
  readonly port: number;
  /** Only addresses of this family. */
  readonly family?: 4 | 6;
  /** IP addresses to use instead of a lookup. */
  readonly addresses?: readonly string[];
  readonly unixSocket?: string;
  readonly tls?: TlsRequest;
}

/** Limits of the single phases in milliseconds, beside the deadline of the whole. */
export interface DialLimits {
  /** For each address. */
  readonly connectTimeout?: number;
  readonly tlsTimeout?: number;
  readonly dnsTimeout?: number;
}

/** What dialling gave: a connection, or the error, and in both cases what was tried and how long it took. */
export interface DialOutcome {
  readonly connection?: Connection;
  readonly error?: ProbeError;
  /** Every address tried in order, the one that succeeded included. */
  readonly tries: readonly ConnectTry[];
  /** Durations in milliseconds; `connect` is that of all tries together. A phase that did not begin is left out. */
  readonly timings: { dns?: number; connect?: number; tls?: number };
  /** Also present when the handshake succeeded but the certificate was refused. */
  readonly tls?: TlsFacts;
}

/**
 * Loads what a request needs of Deno and has not been loaded yet: a probe of an IP address over plain HTTP needs neither
 * resolver nor TLS, which take longer to load than such a probe takes. {@linkcode dial} does it too; whoever
 * measures does it before the clock runs.
 */
export async function prepareDial(request: DialRequest): Promise<void> {
  if (needsLookup(request)) await loadResolver();
  if (request.tls) await loadTls();
}

function needsLookup({ host, addresses, unixSocket }: DialRequest): boolean {
  return unixSocket === undefined && addresses === undefined && ipFamily(host) === 0;
}

async function loadTls(): Promise<typeof import("./open_tls.ts") & typeof import("./secure_context.ts")> {
  const [openTls, secureContext] = await Promise.all([
    import("./open_tls.ts"),
    import("./secure_context.ts"),
  ]);
  return { ...openTls, ...secureContext };
}

/** The function that {@linkcode dial} is. */
export type Dial = (request: DialRequest, deadline: Deadline, limits?: DialLimits) => Promise<DialOutcome>;

/**
 * Opens a connection. The addresses are tried one after the other in the order of the lookup; the next one only
 * if connecting to one fails. A TLS handshake that fails is final.
 *
 * @param request Where to and how.
 * @param deadline Of the whole exchange; the caller goes on with it.
 * @param limits Of the single phases.
 * @returns The connection or the error; nothing that a peer or the network does makes it throw.
 * @throws {TypeError} If one of `addresses` is not an IP address, or keys or certificates for TLS cannot be used.
 * @throws {RangeError} If the port is not between 1 and 65,535.
 */
export async function dial(
  request: DialRequest,
  deadline: Deadline,
  limits: DialLimits = {},
): Promise<DialOutcome> {
  checkRequest(request);
  const dialling = new Dialling(request, deadline, limits);
  return await dialling.run();
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
    const { tls } = this.#request;
    // Unusable keys are the caller's mistake, and that shows before anything is sent.
    const secure = tls && await this.#prepareTls(tls);
    const targets = await this.#targets();
    if ("error" in targets) return this.#failed(targets.error);
    const start = performance.now();
    const opened = await this.#openFirst(targets);
    this.#timings.connect = performance.now() - start;
    if ("error" in opened) return this.#failed(opened.error);
    const plain = new TcpConnection(opened.conn);
    return secure ? await secure(plain) : { connection: plain, ...this.#soFar() };
  }

  async #prepareTls(tls: TlsRequest): Promise<(plain: Connection) => Promise<DialOutcome>> {
    const { openTls, secureContextOf } = await loadTls();
    const context = secureContextOf(tls);
    return async (plain) => {
      const start = performance.now();
      const secured = await openTls(plain, tls, {
        context,
        deadline: this.#deadline,
        limit: this.#limits.tlsTimeout,
      });
      this.#timings.tls = performance.now() - start;
      return { ...secured, ...this.#soFar() };
    };
  }

  #soFar(): Pick<DialOutcome, "tries" | "timings"> {
    return { tries: this.#tries, timings: this.#timings };
  }

  #failed(error: ProbeError): DialOutcome {
    return { error, ...this.#soFar() };
  }

  /** What to connect to, in order. */
  async #targets(): Promise<readonly SocketAddress[] | { error: ProbeError }> {
    const { host, port, addresses, unixSocket } = this.#request;
    if (unixSocket !== undefined) {
      const missing = missingForUnixSocket(unixSocket);
      return missing === ""
        ? [{ path: unixSocket }]
        : { error: missingPermission("connect", `connect to ${unixSocket}`, missing) };
    }
    if (!needsLookup(this.#request)) return this.#given(addresses ?? [host]);
    await loadResolver();
    const start = performance.now();
    const found = await lookupAddresses(host, this.#deadline, this.#lookupOptions());
    if (found.type !== "not-permitted") this.#timings.dns = performance.now() - start;
    if (found.type === "failed") return { error: found.error };
    if (found.type === "found" && found.addresses.every((address) => mayConnect(address, port))) {
      return found.addresses.map((hostname) => ({ hostname, port }));
    }
    // --allow-net=NAME permits connecting to the name, not to its addresses: then Deno looks it up once more.
    delete this.#timings.dns;
    return this.#permitted(host) ?? [{ hostname: host, port }];
  }

  #given(addresses: readonly string[]): readonly SocketAddress[] | { error: ProbeError } {
    const { family, port, host } = this.#request;
    const usable = addresses.filter((address) => family === undefined || ipFamily(address) === family);
    if (usable.length === 0) {
      const message = `Cannot connect to ${hostAndPort(host, port)}: no IPv${family} address is given`;
      return { error: { kind: "usage", phase: "dns", by: "local", message } };
    }
    for (const address of usable) {
      const refused = this.#permitted(address);
      if (refused !== undefined) return refused;
    }
    return usable.map((hostname) => ({ hostname, port }));
  }

  #permitted(host: string): { error: ProbeError } | undefined {
    const { port } = this.#request;
    if (mayConnect(host, port)) return undefined;
    const target = hostAndPort(host, port);
    return { error: missingPermission("connect", `connect to ${target}`, `--allow-net=${target}`) };
  }

  #lookupOptions(): { family?: 4 | 6; limit?: number } {
    const { family } = this.#request;
    const { dnsTimeout } = this.#limits;
    return { ...(family && { family }), ...(dnsTimeout !== undefined && { limit: dnsTimeout }) };
  }

  async #openFirst(targets: readonly SocketAddress[]): Promise<OpenOutcome> {
    let verdict: ProbeError | undefined;
    for (const target of targets) {
      const opened = await this.#open(target);
      if (!("error" in opened)) return opened;
      verdict = moreTelling(verdict, opened.error);
      if (endsDialling(opened.error) || this.#deadline.isOver) return { error: opened.error };
    }
    const error = verdict as ProbeError;
    if (targets.length === 1) return { error };
    return { error: { ...error, message: `${error.message}; ${targets.length} addresses tried` } };
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

  /** Where only connecting by name is permitted, Deno chooses the address. */
  #rightFamily(opened: OpenOutcome, doing: string): OpenOutcome {
    const { family, host, port } = this.#request;
    if ("error" in opened || family === undefined || opened.conn.remoteAddr.transport !== "tcp") {
      return opened;
    }
    if (ipFamily(opened.conn.remoteAddr.hostname) === family) return opened;
    opened.conn.close();
    const flag = `--allow-net, for --allow-net=${
      hostAndPort(host, port)
    } leaves the choice of the address to Deno`;
    return { error: missingPermission("connect", `${doing} over IPv${family}`, flag) };
  }
}

/** Errors that the next address would meet as well. */
function endsDialling({ kind, message }: ProbeError): boolean {
  return kind === "permission" || kind === "aborted" ||
    (kind === "resource" && !message.includes("EADDRNOTAVAIL"));
}

const TELLING = { local: 0, network: 1, target: 2 } as const;

/** Of two failed addresses, the one that says more about the target: a host without IPv6 says nothing. */
function moreTelling(before: ProbeError | undefined, next: ProbeError): ProbeError {
  if (before === undefined) return next;
  return TELLING[next.by] >= TELLING[before.by] ? next : before;
}
