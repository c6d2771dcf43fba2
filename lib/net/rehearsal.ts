/**
 * Makes connections to this process itself to rehearse an exchange.
 *
 * @module
 */

import type { Connection } from "./connection.ts";
import { Deadline } from "./deadline.ts";
import { openSocket } from "./dial/open_socket.ts";
import { mayConnect } from "./permission.ts";
import { TcpConnection } from "./tcp_connection.ts";

const HERE = "127.0.0.1";

/** Milliseconds for connecting to this process; a packet filter may block even that. */
const LIMIT = 20;

/**
 * Makes a connection in memory that gives an answer and then ends.
 *
 * @param answer Must fit into one read
 */
export function connectInMemory(answer: Uint8Array): Connection {
  const address: Deno.NetAddr = { transport: "tcp", hostname: HERE, port: 0 };
  let rest: Uint8Array | undefined = answer;
  const conn: Pick<Deno.TcpConn, "localAddr" | "remoteAddr" | "read" | "write" | "close"> = {
    localAddr: address,
    remoteAddr: address,
    read(into) {
      const bytes = rest;
      rest = undefined;
      if (bytes === undefined) return Promise.resolve(null);
      into.set(bytes);
      return Promise.resolve(bytes.length);
    },
    write: (bytes) => Promise.resolve(bytes.length),
    close: () => {},
  };
  return new TcpConnection(conn as Deno.TcpConn);
}

/**
 * Makes a connection to this process over loopback, and calls `use` with it.
 *
 * @param answer Sent when a request has come
 * @returns True if the connection was possible and permitted
 */
export async function withConnectionToSelf(
  answer: Uint8Array,
  use: (connection: Connection) => Promise<void>,
): Promise<boolean> {
  if (!mayConnect(HERE)) return false;
  try {
    using server = new OneAnswer(answer);
    using deadline = new Deadline();
    const opened = await openSocket({ hostname: HERE, port: server.port }, deadline, "rehearse", LIMIT);
    if ("error" in opened) return false;
    await use(new TcpConnection(opened.conn));
    return true;
  } catch {
    // A rehearsal may fail: if the probe needs whatever is missing here, it will report that itself.
    return false;
  }
}

/** Answers the first connection. Nothing waits for this, because another process may have made the connection. */
class OneAnswer implements Disposable {
  readonly #listener = Deno.listen({ hostname: HERE, port: 0 });
  #conn: Deno.TcpConn | undefined;
  #closed = false;

  constructor(answer: Uint8Array) {
    this.#answer(answer).catch(() => {
      // The listener was closed before anybody connected, or before the exchange was over.
    });
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  async #answer(answer: Uint8Array): Promise<void> {
    const conn = this.#conn = await this.#listener.accept();
    if (this.#closed) return conn.close();
    await conn.read(new Uint8Array(1024));
    await conn.write(answer);
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#listener.close();
    this.#conn?.close();
  }
}
