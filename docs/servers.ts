/**
 * The servers of the examples in the documentation, on the ports that the pages name.
 *
 *     deno run --allow-net=127.0.0.1 --allow-read=tests/fixtures docs/servers.ts
 *
 * @module
 */

import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";

/** One connection, as a conduct sees it. */
interface Visit {
  /** Reads octets up to and with this text; `undefined` once the client has ended. */
  readUntil(text: string): Promise<string | undefined>;
  send(text: string): void;
}

/** Serves one connection; the server closes it afterwards. */
type Conduct = (visit: Visit) => Promise<void>;

/** Silence after which the server of port 8081 closes a connection, in milliseconds. */
const BACKEND_PATIENCE = 2_000;

const LETTERS = "abcdefghijklmnopqrstuvwxyz012345".repeat(64 * 1024);

/** Head fields and content of each path. */
const PATHS: Readonly<Record<string, readonly [status: string, content: string, ...fields: string[]]>> = {
  "/": ["200 OK", "hello\n", "Content-Type: text/plain", 'ETag: "v1"'],
  "/health": ["200 OK", '{"db":{"state":"up"},"queue":12}\n', "Content-Type: application/json"],
  "/old": ["301 Moved Permanently", "", "Location: /"],
  "/big.bin": ["200 OK", LETTERS, 'ETag: "b1"', "Accept-Ranges: bytes"],
  "/down": ["503 Service Unavailable", "try later\n", "Content-Type: text/plain"],
};

/** An ordinary server. It closes a connection after `patience` milliseconds of silence. */
function shop(patience: number): Conduct {
  return async (visit) => {
    for (;;) {
      const head = await within(patience, visit.readUntil("\r\n\r\n"));
      if (head === undefined) return;
      const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      const closes = /^connection:.*\bclose\b/im.test(head) || / HTTP\/1\.0\r/.test(head);
      visit.send(answer(head, closes ? "Connection: close" : undefined));
      if (length > 0) await visit.readUntil("");
      if (closes) return;
    }
  };
}

function answer(head: string, ...more: readonly (string | undefined)[]): string {
  const [method, target = "/"] = head.split(" ");
  const [status, whole, ...fields] = PATHS[target] ?? ["404 Not Found", "not here\n"];
  const from = Number(/^range: *bytes=(\d+)-/im.exec(head)?.[1] ?? NaN);
  const isPart = target === "/big.bin" && from < whole.length;
  const isKnown = fields.some((field) => field === `ETag: ${/^if-none-match: *(.*)\r/im.exec(head)?.[1]}`);
  const content = isKnown ? "" : isPart ? whole.slice(from) : whole;
  const range = isPart ? `Content-Range: bytes ${from}-${whole.length - 1}/${whole.length}` : undefined;
  const lines = [
    `HTTP/1.1 ${isKnown ? "304 Not Modified" : isPart ? "206 Partial Content" : status}`,
    "Server: shop/1.0",
    isKnown ? undefined : `Content-Length: ${content.length}`,
    ...fields,
    range,
    ...more,
  ];
  const text = lines.filter((line) => line !== undefined).join("\r\n") + "\r\n\r\n";
  return method === "HEAD" ? text : text + content;
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Answers the first request with these octets and closes. */
function once(octets: string): Conduct {
  return async (visit) => {
    await visit.readUntil("\r\n\r\n");
    visit.send(octets);
  };
}

/** A mail server that greets first. */
const mail: Conduct = async (visit) => {
  visit.send("220 mail.example ESMTP \x1b[31mready\r\n");
  for (let line = await visit.readUntil("\n"); line !== undefined; line = await visit.readUntil("\n")) {
    if (/^quit/i.test(line)) return visit.send("221 bye\r\n");
    visit.send("250 mail.example\r\n");
  }
};

const redis: Conduct = async (visit) => {
  while (await visit.readUntil("\n") !== undefined) visit.send("+PONG\r\n");
};

/** What listens where. Nothing listens on port 8089. */
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

function visit(socket: Socket, conduct: Conduct): void {
  let received = "";
  let ended = false;
  let wake = (): void => {};
  socket.on("data", (bytes: Uint8Array) => {
    received += String.fromCharCode(...bytes);
    wake();
  });
  const end = (): void => {
    ended = true;
    wake();
  };
  for (const event of ["end", "close"]) socket.on(event, end);
  // A client that resets the connection has ended it, too.
  socket.on("error", end);
  const readUntil = async (text: string): Promise<string | undefined> => {
    for (;;) {
      const at = received.indexOf(text);
      // A ClientHello, as a probe of a host without a scheme sends it first.
      if (received.startsWith("\x16")) return undefined;
      if (at !== -1 && received !== "") {
        const taken = text === "" ? received : received.slice(0, at + text.length);
        received = received.slice(taken.length);
        return taken;
      }
      if (ended) return undefined;
      await new Promise<void>((resolve) => wake = resolve);
    }
  };
  const send = (text: string): void => {
    if (!socket.destroyed) socket.write(text, "latin1");
  };
  conduct({ readUntil, send }).then(() => socket.end());
}

if (import.meta.main) {
  const { address } = await startExampleServers();
  console.log(`Serving the examples at ${address} on the ports ${Object.keys(SERVERS).join(", ")}`);
}
