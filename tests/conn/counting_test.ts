/**
 * Servers that count requests, or look at their connections now and then only: what the count or the look did must not
 * be said of what was tried.
 */

import { testSideBySide } from "../_side_by_side.ts";
import { answerTo, wantsClose } from "./_honest.ts";
import { type Conduct, type LiarConnection, reply } from "./_liar.ts";
import { checkSaid, type SaidRow } from "./_said.ts";

/** Says close in the answer with this number, as `keepalive_requests` does. */
function capped(cap: number): Conduct {
  return async (connection) => {
    for (let number = 1;; number++) {
      const head = await connection.request();
      if (head === undefined) return;
      const last = number === cap && !wantsClose(head);
      connection.send(answerTo(head, ...(last ? ["Connection: close"] : [])));
      if (last || wantsClose(head)) return;
    }
  };
}

/** Closes all connections at the same moments, so many milliseconds apart. */
function sweeping(period: number): Conduct {
  const startedAt = performance.now();
  return async (connection) => {
    const next = Math.ceil((performance.now() - startedAt + 100) / period) * period;
    const swept = connection.pause(startedAt + next - performance.now()).then(() => undefined);
    for (;;) {
      const head = await Promise.race([connection.request(), swept]);
      if (head === undefined) return;
      connection.send(answerTo(head));
      if (wantsClose(head)) return;
    }
  };
}

/** Reads no content, and closes after every answer. */
async function deafToContent(connection: LiarConnection): Promise<void> {
  const head = await connection.request();
  if (head !== undefined) connection.send(answerTo(head, ...(wantsClose(head) ? [] : ["Connection: close"])));
}

/** Refuses a GET with content, however it is framed. */
async function refusesContent(connection: LiarConnection): Promise<void> {
  for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
    if (/content-length|transfer-encoding/i.test(head)) {
      return connection.send(reply("no", "Connection: close").replace("200 OK", "400 Bad Request"));
    }
    connection.send(answerTo(head));
    if (wantsClose(head)) return;
  }
}

/** Reads plain chunks, and closes after what has extensions or trailers. */
async function plainChunksOnly(connection: LiarConnection): Promise<void> {
  for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
    connection.send(answerTo(head));
    if (!/chunked/i.test(head)) continue;
    await connection.pause(20);
    if (connection.discard() !== "5\r\nsonde\r\n0\r\n\r\n".length) return;
  }
}

/** Answers one request of those that came together, and closes when it has heard nothing for a while. */
async function forgetsTheRest(connection: LiarConnection): Promise<void> {
  for (;;) {
    const head = await Promise.race([connection.request(), connection.pause(2_500).then(() => undefined)]);
    if (head === undefined) return;
    connection.discard();
    connection.send(answerTo(head));
    if (wantsClose(head)) return;
  }
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that takes two requests on each connection",
    conduct: capped(2),
    options: { only: ["keep-alive", "pipelining", "statuses"] },
    says: {
      "keep-alive": ["yes", "2 of 3 requests answered on one connection, the last with close"],
      pipelining: ["closed", "2 of 3 answered, then FIN; a connection takes 2 requests, pipelined or not"],
      statuses: ["unknown", "an ordinary answer in its place ends the connection as well"],
    },
    findings: [],
  },
  {
    server: "one that takes three requests on each connection",
    conduct: capped(3),
    options: { only: ["pipelining", "statuses"] },
    says: { pipelining: ["full", "3 of 3"], statuses: ["kept", "kept"] },
    findings: [],
  },
  {
    server: "one that looks for idle connections now and then",
    conduct: sweeping(1_400),
    options: { only: ["idle-timeout"], idleLimit: 2_500, behind: { name: "a proxy", idle: 300 } },
    says: { "idle-timeout": ["closes", "at the same moment"] },
    findings: ["idle-unknown"],
  },
  {
    server: "one that closes after every answer and reads no content",
    conduct: deafToContent,
    options: { only: ["chunked-request"] },
    says: { "chunked-request": ["unknown", "could not tell whether the content was read"] },
    findings: [],
  },
  {
    server: "one that refuses content of any framing",
    conduct: refusesContent,
    options: { only: ["chunked-request"] },
    says: { "chunked-request": ["unknown", "content with a length is refused as well"] },
    findings: [],
  },
  {
    server: "one that closes after chunk extensions and trailers",
    conduct: plainChunksOnly,
    options: { only: ["chunked-request"] },
    says: { "chunked-request": ["partial", "plain: 200, in step; extensions: 200, then closed"] },
    findings: [],
  },
  {
    server: "one that loses pipelined requests and has an idle timeout",
    conduct: forgetsTheRest,
    options: { only: ["pipelining"] },
    says: { pipelining: ["first-only", "1 of 3 answered"] },
    findings: ["pipelining-broken"],
  },
];

testSideBySide(
  "profileConnection() does not take a count or a look now and then for something else",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
