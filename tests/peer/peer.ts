/**
 * A server on loopback that follows a script, for tests.
 *
 * @module
 */

import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createSecureContext, type TLSSocketOptions } from "node:tls";
import { ConnectionGone, runScript, type Script, type Step } from "./script.ts";
import { type SeenEnd, Wire } from "./wire.ts";

export type { Script, Step };

/** TLS options of the peer. */
export interface PeerTls {
  /** Name of a certificate in `tests/fixtures/`. */
  readonly certificate:
    | "good"
    | "expired"
    | "not_yet_valid"
    | "wrong_name"
    | "self_signed"
    | "authority"
    | "forged"
    | "leads_wrong"
    | "long_way"
    | "not_for_servers"
    | "odd_names"
    | "path_leaf"
    | "sha1";
  /** Protocols to choose from by ALPN. */
  readonly alpn?: readonly string[];
  /** Sends the certificate of the test CA after its own, whoever issued that. */
  readonly sendsAuthority?: boolean;
  /** Names of further certificates to send, without `.pem`. */
  readonly sends?: readonly string[];
  /** Requests a certificate from the client, and refuses all but those of the test CA. */
  readonly askClient?: boolean;
  /** The only version to speak; both by default. */
  readonly version?: "TLSv1.2" | "TLSv1.3";
}

/** Options of {@linkcode startPeer}. */
export interface PeerOptions {
  /** Any address of loopback. @default {"127.0.0.1"} */
  readonly address?: string;
  /** @default {0} one that is free */
  readonly port?: number;
  /** Path of a Unix socket to listen on instead. */
  readonly path?: string;
  readonly tls?: PeerTls;
}

/** The facts that the peer knows about one connection. */
export interface PeerConnection {
  /** All received octets, decrypted, one code unit each. */
  readonly received: string;
  /** The end of the other side's sending direction. */
  readonly seenEnd: SeenEnd;
  /** Common name of the client's certificate; empty without one. */
  readonly clientName: string;
  /** Settled once the connection is closed. */
  readonly gone: Promise<void>;
}

/** A running peer. */
export interface Peer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  /** Connections in order of arrival. */
  readonly connections: readonly PeerConnection[];
  /** Waits for a connection by its number, counted from 0. */
  connection(index: number): Promise<PeerConnection>;
}

/** Text of a file in `tests/fixtures/`. */
export function fixture(name: string): string {
  return Deno.readTextFileSync(new URL(`../fixtures/${name}`, import.meta.url));
}

/**
 * Starts a peer. Disposing of it closes all of its connections.
 *
 * @param script One script for all connections, or one for each; the last one repeats for all further connections.
 */
export async function startPeer(
  script: Script | readonly Script[],
  options: PeerOptions = {},
): Promise<Peer> {
  const scripts = isList(script) ? script : [script];
  const { address = "127.0.0.1", port = 0, path, tls } = options;
  const peer = new RunningPeer(scripts, tls && tlsOptions(tls));
  await peer.listen(path === undefined ? { host: address, port } : { path });
  return peer;
}

function isList(script: Script | readonly Script[]): script is readonly Script[] {
  return Array.isArray(script[0]);
}

function tlsOptions(options: PeerTls): TLSSocketOptions {
  const { certificate, alpn, sendsAuthority = false, sends = [], askClient = false, version } = options;
  const authority = fixture("ca.pem");
  const others = [...(sendsAuthority ? ["ca"] : []), ...sends].map((name) => fixture(`${name}.pem`));
  const secureContext = createSecureContext({
    cert: fixture(`${certificate}.pem`) + others.join(""),
    key: fixture(`${certificate}.key`),
    ...(askClient && { ca: authority }),
    ...(version && { minVersion: version, maxVersion: version }),
  });
  return {
    secureContext,
    requestCert: askClient,
    rejectUnauthorized: askClient,
    ...(alpn && { ALPNProtocols: [...alpn] }),
  };
}

class RunningPeer implements Peer {
  readonly #scripts: readonly Script[];
  readonly #tls: TLSSocketOptions | undefined;
  readonly #server: Server;
  readonly #wires: Wire[] = [];
  readonly #running: Promise<void>[] = [];
  #isClosing = false;
  readonly #waiting: { index: number; resolve: (connection: PeerConnection) => void }[] = [];

  constructor(scripts: readonly Script[], tls: TLSSocketOptions | undefined) {
    this.#scripts = scripts;
    this.#tls = tls;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      // A connection accepted late, on a busy machine, would keep the server from closing.
      if (this.#isClosing) socket.destroy();
      else this.#running.push(this.#serve(socket));
    });
  }

  listen(where: { host: string; port: number } | { path: string }): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(where, resolve);
    });
  }

  async #serve(socket: Socket): Promise<void> {
    const script = this.#scripts[Math.min(this.#wires.length, this.#scripts.length - 1)] ?? [];
    const wire = new Wire(socket, this.#tls);
    this.#wires.push(wire);
    for (const { index, resolve } of this.#waiting) {
      if (index === this.#wires.length - 1) resolve(wire);
    }
    try {
      await runScript(script, wire);
      await wire.fin();
    } catch (error) {
      if (!(error instanceof ConnectionGone)) throw error;
    }
  }

  get #bound(): AddressInfo | undefined {
    const bound = this.#server.address();
    return typeof bound === "object" && bound !== null ? bound : undefined;
  }

  get address(): string {
    return this.#bound?.address ?? "";
  }

  get port(): number {
    return this.#bound?.port ?? 0;
  }

  get path(): string {
    const bound = this.#server.address();
    return typeof bound === "string" ? bound : "";
  }

  get connections(): readonly PeerConnection[] {
    return this.#wires;
  }

  connection(index: number): Promise<PeerConnection> {
    const wire = this.#wires[index];
    if (wire !== undefined) return Promise.resolve(wire);
    return new Promise((resolve) => this.#waiting.push({ index, resolve }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.all(this.#wires.map((wire) => wire.destroy()));
    await Promise.all(this.#running);
    await closed;
  }
}
