/**
 * A server whose behaviour is a function, for servers whose answers depend on the request or lie.
 *
 * @module
 */

import { createServer, type Server, type Socket } from "node:net";
import { setImmediate } from "node:timers";

/** One connection, as the behaviour function sees it. */
export interface LiarConnection {
  /** Number of the connection, from 1. */
  readonly number: number;
  /** Reads the next head, without its empty line; `undefined` once the client has ended. */
  request(): Promise<string | undefined>;
  /** Discards octets that have arrived and were not read yet. */
  discard(): number;
  /** Sends text, one octet for each code unit. */
  send(text: string): void;
  /** Waits a number of milliseconds, or until the connection is gone. */
  pause(ms: number): Promise<void>;
  fin(): void;
  rst(): void;
  /** Waits until the client has closed. */
  gone(): Promise<void>;
}

/** The behaviour of the server on each connection; afterwards it sends FIN. */
export type Conduct = (connection: LiarConnection) => Promise<void>;

/** A running liar. */
export interface Liar extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Connections so far, and the most at the same time. */
  readonly counts: { total: number; most: number };
  /** Waits until the client has ended all connections. */
  idle(): Promise<void>;
}

/** Writes a complete response with its length. */
export function reply(content: string, ...fields: string[]): string {
  return ["HTTP/1.1 200 OK", `Content-Length: ${content.length}`, ...fields, "", content].join("\r\n");
}

/** Reads the target of a request head. */
export function targetOf(head: string): string {
  return head.split(" ")[1] ?? "";
}

/** Starts a liar. */
export async function startLiar(conduct: Conduct, address = "127.0.0.1", port = 0): Promise<Liar> {
  const sockets = new Set<Socket>();
  /** Connections that the client has not ended. */
  const open = new Set<Socket>();
  const counts = { total: 0, most: 0 };
  const look = () => counts.most = Math.max(counts.most, open.size);
  let isClosing = false;
  let idle = Promise.withResolvers<void>();
  const drop = (socket: Socket): void => {
    if (!open.delete(socket) || open.size > 0) return;
    idle.resolve();
    idle = Promise.withResolvers();
  };
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    // A connection accepted late, on a busy machine, would keep the server from closing.
    if (isClosing) return void socket.destroy();
    sockets.add(socket);
    open.add(socket);
    counts.total++;
    // Wait two turns: if this process is late, it has yet to read ends that arrived before this connection.
    setImmediate(() => setImmediate(look));
    socket.setNoDelay(true);
    socket.on("end", () => drop(socket));
    socket.on("close", () => {
      drop(socket);
      sockets.delete(socket);
    });
    // Some tests use a client that closes early.
    socket.on("error", () => {});
    conduct(new Connection(socket, counts.total)).then(() => socket.end());
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  const bound = server.address();
  const at = typeof bound === "object" && bound !== null ? bound.port : 0;
  return {
    url: `http://${address}:${at}/`,
    port: at,
    counts,
    idle: async () => {
      if (open.size > 0) await idle.promise;
    },
    [Symbol.asyncDispose]: async () => {
      isClosing = true;
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Connection implements LiarConnection {
  readonly number: number;
  readonly #socket: Socket;
  readonly #gone = Promise.withResolvers<void>();
  #received = "";
  #ended = false;
  #wake: () => void = () => {};

  constructor(socket: Socket, number: number) {
    this.number = number;
    this.#socket = socket;
    socket.on("data", (bytes: Uint8Array) => {
      this.#received += String.fromCharCode(...bytes);
      this.#wake();
    });
    socket.on("end", () => this.#end());
    socket.on("close", () => {
      this.#end();
      this.#gone.resolve();
    });
  }

  async request(): Promise<string | undefined> {
    for (;;) {
      const end = this.#received.indexOf("\r\n\r\n");
      if (end !== -1) {
        const head = this.#received.slice(0, end);
        this.#received = this.#received.slice(end + 4);
        return head;
      }
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  discard(): number {
    const { length } = this.#received;
    this.#received = "";
    return length;
  }

  send(text: string): void {
    if (!this.#socket.destroyed) this.#socket.write(Uint8Array.from(text, (unit) => unit.charCodeAt(0)));
  }

  async pause(ms: number): Promise<void> {
    const timer = Promise.withResolvers<void>();
    const id = setTimeout(timer.resolve, ms);
    await Promise.race([timer.promise, this.#gone.promise]);
    clearTimeout(id);
  }

  fin(): void {
    this.#socket.end();
  }

  rst(): void {
    this.#socket.resetAndDestroy();
  }

  gone(): Promise<void> {
    return this.#gone.promise;
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }
}
