/**
 * Defines how the example servers treat a connection.
 *
 * @module
 */

/** One connection of a client. */
export interface Visit {
  /**
   * Reads octets up to and including this text; gives `undefined` once the client has ended the connection.
   */
  readUntil(text: string): Promise<string | undefined>;
  send(text: string): void;
}

/** Serves one connection; the server closes it afterwards. */
export type Conduct = (visit: Visit) => Promise<void>;

/**
 * Silence after which the server of port 8081 closes a connection, in milliseconds. A whole number of seconds would be
 * measured now above and now below it.
 */
export const BACKEND_PATIENCE = 2_200;

const LETTERS = "abcdefghijklmnopqrstuvwxyz012345".repeat(64 * 1024);

/** Head fields and content of each path. */
const PATHS: Readonly<Record<string, readonly [status: string, content: string, ...fields: string[]]>> = {
  "/": ["200 OK", "hello\n", "Content-Type: text/plain", 'ETag: "v1"'],
  "/health": ["200 OK", '{"db":{"state":"up"},"queue":12}\n', "Content-Type: application/json"],
  "/old": ["301 Moved Permanently", "", "Location: /"],
  "/big.bin": ["200 OK", LETTERS, 'ETag: "b1"', "Accept-Ranges: bytes"],
  "/down": ["503 Service Unavailable", "try later\n", "Content-Type: text/plain"],
};

/** Makes an ordinary server that closes a connection after `patience` milliseconds of silence. */
export function shop(patience: number): Conduct {
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

/** Makes a server that answers the first request with these octets and closes. */
export function once(octets: string): Conduct {
  return async (visit) => {
    await visit.readUntil("\r\n\r\n");
    visit.send(octets);
  };
}

/** Acts as a mail server, which greets first. */
export const mail: Conduct = async (visit) => {
  visit.send("220 mail.example ESMTP \x1b[31mready\r\n");
  for (let line = await visit.readUntil("\n"); line !== undefined; line = await visit.readUntil("\n")) {
    if (/^quit/i.test(line)) return visit.send("221 bye\r\n");
    visit.send("250 mail.example\r\n");
  }
};

/** Acts as a database that knows one command. */
export const redis: Conduct = async (visit) => {
  while (await visit.readUntil("\n") !== undefined) visit.send("+PONG\r\n");
};
