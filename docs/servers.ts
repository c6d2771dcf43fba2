/**
 * Starts the servers of the examples in the documentation, on the ports that the pages name.
 *
 *     deno run --allow-net=127.0.0.1 --allow-read=tests/fixtures docs/servers.ts
 *
 * @module
 */

import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { BACKEND_PATIENCE, type Conduct, mail, once, redis, shop } from "./_conducts.ts";
import { visit } from "./_visit.ts";

/** The server on each port. Nothing listens on port 8089. */
const SERVERS: Readonly<Record<number, Conduct>> = {
  8080: shop(60_000),
  8081: shop(BACKEND_PATIENCE),
  8082: once(
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhi\n\r\n0\r\n\r\n",
  ),
  8083: once("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nhi\n"),
  8443: shop(60_000),
  2525: mail,
  6379: redis,
};

/** The servers while they run. */
export interface ExampleServers extends AsyncDisposable {
  readonly address: string;
}

/**
 * Starts all servers at one address.
 *
 * @throws {Error} If a port is taken.
 */
export async function startExampleServers(address = "127.0.0.1"): Promise<ExampleServers> {
  const open = new Set<Socket>();
  const servers: Server[] = [];
  try {
    for (const [port, conduct] of Object.entries(SERVERS)) {
      const server = port === "8443" ? tlsServer() : createServer({ allowHalfOpen: true });
      server.on(port === "8443" ? "secureConnection" : "connection", (socket: Socket) => {
        open.add(socket);
        socket.setNoDelay(true);
        socket.on("close", () => open.delete(socket));
        visit(socket, conduct);
      });
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(Number(port), address, resolve);
      });
      servers.push(server);
    }
  } catch (error) {
    await closeAll(servers, open);
    throw error;
  }
  return { address, [Symbol.asyncDispose]: () => closeAll(servers, open) };
}

async function closeAll(servers: readonly Server[], open: ReadonlySet<Socket>): Promise<void> {
  for (const socket of open) socket.destroy();
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
}

function tlsServer(): Server {
  const read = (name: string) => Deno.readTextFileSync(new URL(`../tests/fixtures/${name}`, import.meta.url));
  return createTlsServer({ cert: read("good.pem"), key: read("good.key"), allowHalfOpen: true });
}

if (import.meta.main) {
  const { address } = await startExampleServers();
  console.log(`Serving the examples at ${address} on the ports ${Object.keys(SERVERS).join(", ")}`);
}
