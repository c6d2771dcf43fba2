/**
 * A relay on loopback that changes one octet of what a server sends.
 *
 * @module
 */

import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A running relay. */
export interface FlippingRelay extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** Octets that the server sent over the last connection. */
  readonly sent: number;
  /** The next connection has octet `at` of the server's changed by XOR with `mask`. */
  flipNext(at: number, mask: number): void;
}

/** Starts a relay to a port of 127.0.0.1. Without an order it changes nothing. */
export async function startFlippingRelay(serverPort: number): Promise<FlippingRelay> {
  const flips: { readonly at: number; readonly mask: number }[] = [];
  const sockets = new Set<Socket>();
  let sent = 0;
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const { at, mask } = flips.shift() ?? { at: Infinity, mask: 0 };
    const upstream = connect({ port: serverPort, host: "127.0.0.1", allowHalfOpen: true });
    let count = 0;
    upstream.on("data", (bytes: Uint8Array) => {
      const changed = Uint8Array.from(bytes, (octet, i) => count + i === at ? octet ^ mask : octet);
      sent = count += bytes.length;
      client.write(changed);
    });
    client.on("data", (bytes: Uint8Array) => upstream.write(bytes));
    for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on("end", () => other.end());
      // The ends of a broken connection are what is tested at the client.
      one.on("error", () => other.destroy());
      one.on("close", () => {
        sockets.delete(one);
        other.destroySoon();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1" }, resolve));
  return {
    address: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    get sent() {
      return sent;
    },
    flipNext: (at, mask) => flips.push({ at, mask }),
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const gone = [...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
      for (const socket of sockets) socket.destroy();
      await Promise.all(gone);
      await closed;
    },
  };
}
