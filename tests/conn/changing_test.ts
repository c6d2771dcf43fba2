/**
 * Servers that do not treat every connection alike: what is true of one must not be said of all, and what a limit or
 * chance did must not be said of the server.
 */

import { testSideBySide } from "../_side_by_side.ts";
import { answerTo, honest, impatient, wantsClose } from "./_honest.ts";
import { type Conduct, type LiarConnection, reply } from "./_liar.ts";
import { checkSaid, type SaidRow } from "./_said.ts";

/** Answers one request with `close`, as a server without keep-alive does. */
async function closing(connection: LiarConnection): Promise<void> {
  const head = await connection.request();
  if (head !== undefined) connection.send(answerTo(head, ...(wantsClose(head) ? [] : ["Connection: close"])));
}

/** Another conduct from connection number `from` on. */
function turningAt(from: number, then: Conduct): Conduct {
  return (connection) => connection.number < from ? honest(connection) : then(connection);
}

/** Announces a timeout in seconds, and closes when it is over and a bit. */
function keepsItsWord(
  connection: LiarConnection,
  seconds: number,
  ms: number = seconds * 1000 + 200,
): Promise<void> {
  const announced = [`Keep-Alive: timeout=${seconds}`, `Server: s${seconds}`];
  return impatient(connection, ms, () => {}, announced);
}

function tooMany(head: string): string {
  return answerTo(head).replace("200 OK", "429 Too Many Requests");
}

const ROWS: readonly SaidRow[] = [
  {
    server: "two in turns, one of which closes after every answer, and keep-alive",
    conduct: (connection) => connection.number % 2 === 0 ? honest(connection) : closing(connection),
    options: { only: ["keep-alive"] },
    says: { "keep-alive": ["unknown", "some connections are kept after the same request, others are not"] },
    findings: ["backends-differ"],
  },
  {
    server: "two in turns, one of which closes after every answer, and pipelining",
    conduct: (connection) => connection.number % 2 === 0 ? honest(connection) : closing(connection),
    options: { only: ["pipelining"] },
    says: { pipelining: ["unknown", "connections were kept at first, and are not by now"] },
    findings: ["backends-differ"],
  },
  {
    server: "two in turns, one of which closes after every answer, and an idle timeout",
    conduct: (connection) => connection.number % 2 === 0 ? impatient(connection, 600) : closing(connection),
    options: { only: ["idle-timeout"], idleLimit: 1_500 },
    says: { "idle-timeout": ["closes", "1 of 2 connections were not kept at all"] },
  },
  {
    server: "two in turns, each of which announces how long it keeps a connection and does so",
    conduct: (connection) => keepsItsWord(connection, connection.number % 2 === 0 ? 2 : 1),
    options: { only: ["idle-timeout"], idleLimit: 3_400 },
    says: { "idle-timeout": ["closes", "announces 1 or 2 s"] },
    findings: ["backends-differ"],
  },
  {
    server: "two in turns, one of which closes before the time that it announces",
    conduct: (connection) =>
      connection.number % 2 === 0 ? keepsItsWord(connection, 1) : keepsItsWord(connection, 3, 1_500),
    options: { only: ["idle-timeout"], idleLimit: 3_400 },
    says: { "idle-timeout": ["closes", "announces 1 or 3 s"] },
    findings: ["keep-alive-lie", "backends-differ"],
  },
  {
    server: "one that closes right behind its answer without a word, and an idle timeout",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi"));
    },
    options: { only: ["idle-timeout"], idleLimit: 1_500 },
    says: { "idle-timeout": ["not-kept", "closes after every answer"] },
    findings: [],
  },
  {
    server: "one whose idle timeout is not steady, and a race with it",
    conduct: (connection) => impatient(connection, connection.number === 2 ? 700 : 620),
    options: { only: ["reuse-race"], idleLimit: 1_500 },
    says: { "reuse-race": ["unknown", "could be sent within 15 ms of the end, which is not steady enough"] },
    findings: [],
  },
  {
    server: "one that answers whatever comes before its end, and a race with its idle timeout",
    conduct: (connection) => connection.number <= 2 ? impatient(connection, 620) : honest(connection),
    options: { only: ["reuse-race"], idleLimit: 1_500 },
    says: { "reuse-race": ["none-lost", "none lost in "] },
    findings: [],
  },
  {
    server: "one that outlives the watch, and a race with its idle timeout",
    conduct: (connection) => honest(connection),
    options: { only: ["reuse-race"], idleLimit: 300 },
    says: { "reuse-race": ["no-timeout", "nothing was tried: a connection was still open after 300 ms"] },
    findings: [],
  },
  {
    server: "one that announces its end with a 408",
    conduct: (connection) =>
      impatient(
        connection,
        600,
        () =>
          connection.send("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
      ),
    options: { only: ["idle-timeout"], idleLimit: 1_500 },
    says: { "idle-timeout": ["closes", "a 408 that nobody had asked for"] },
  },
  {
    server: "one that answers with 429 after five connections",
    conduct: turningAt(6, async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(tooMany(head));
        if (wantsClose(head)) return;
      }
    }),
    options: { only: ["head", "conditional", "pipelining", "statuses"] },
    says: {
      pipelining: ["unknown", "limits requests, it answered with 429"],
      statuses: ["unknown", "limits requests, it answered with 429"],
    },
    findings: ["rate-limited"],
  },
  {
    server: "one that resets connections once there were three",
    conduct: turningAt(4, async (connection) => {
      await connection.request();
      connection.rst();
    }),
    options: { only: ["pipelining"] },
    says: {
      pipelining: ["unknown", "the service went down during the run: the connection was reset in answer to"],
    },
    findings: ["service-down"],
  },
  {
    server: "one that says to keep an HTTP/1.0 connection and does not",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      connection.send(answerTo(head));
      if (/ HTTP\/1\.0\r\n/.test(head) && !wantsClose(head)) await connection.request();
    },
    options: { only: ["http10"] },
    says: { http10: ["closes", "said to be kept, and yet not, when asked to"] },
  },
  {
    server: "two in turns, one of which drops the answer after a FIN",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      const ended = connection.request().then((next) => next === undefined);
      const drops = connection.number % 2 === 0;
      if (drops && await Promise.race([ended, connection.pause(60).then(() => false)])) return;
      connection.send(answerTo(head));
    },
    options: { only: ["half-close"] },
    says: { "half-close": ["unknown", "after one FIN and not after another"] },
    findings: [],
  },
  {
    server: "one whose idle timeout comes before the end of an experiment",
    conduct: (connection) => impatient(connection, 80),
    options: { only: ["statuses"] },
    says: { statuses: ["unknown", "closes idle connections after"] },
    findings: [],
  },
  {
    server: "one that closes once no more requests are made",
    conduct: async (connection) => {
      for (let number = 1; number <= 20; number++) {
        const head = await connection.request();
        if (head === undefined) return;
        connection.send(answerTo(head));
      }
    },
    options: { only: ["max-requests"], maxRequests: 20 },
    says: { "max-requests": ["unlimited", "still open after 20 requests"] },
    findings: [],
  },
  {
    server: "one that takes chunked content for the next request",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(answerTo(head));
        if (wantsClose(head)) return;
      }
    },
    options: { only: ["chunked-request"] },
    says: { "chunked-request": ["out-of-step", "out of step"] },
    findings: ["desync-risk"],
  },
  {
    server: "one that closes after one 404 and after no other",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const missing = head.includes("no-such");
        connection.send(missing ? answerTo(head).replace("200 OK", "404 Not Found") : answerTo(head));
        if (wantsClose(head) || (missing && connection.number === 3)) return;
      }
    },
    options: { only: ["statuses"] },
    says: { statuses: ["kept", "404 kept"] },
    findings: [],
  },
  {
    server: "one whose idle timeout ends what an HTTP/1.0 client waits for",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi", "Connection: keep-alive"));
      const next = await Promise.race([connection.request(), connection.pause(1_400)]);
      if (typeof next !== "string") return;
      connection.send(reply("hi", "Connection: keep-alive"));
      await connection.pause(1_400);
    },
    options: { only: ["http10"] },
    says: { http10: ["left-open", "by the idle timeout only"] },
    findings: ["http10-left-open"],
  },
  {
    server: "one that closes as asked on most connections only",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      connection.send(answerTo(head));
      if (connection.number % 4 === 2) await connection.gone();
    },
    options: { only: ["close"] },
    says: { close: ["unknown", "one connection was closed as announced, another one was not"] },
    findings: [],
  },
  {
    server: "one that gives up on a body before the second piece of it",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      if (!/content-length/i.test(head)) return connection.send(answerTo(head, "Connection: close"));
      // A limit for each read: whatever comes within it starts it again.
      for (let quiet = 0; quiet < 300;) {
        await connection.pause(20);
        quiet = connection.discard() > 0 ? 0 : quiet + 20;
      }
    },
    options: { only: ["slow-body"], idleLimit: 2_500 },
    says: { "slow-body": ["outlives", "without a piece"] },
  },
  {
    server: "one that takes its time for every answer and does not wait for the body",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        await connection.pause(1_200);
        connection.send(reply("no", "Connection: close").replace("200 OK", "404 Not Found"));
        return;
      }
    },
    options: { only: ["slow-body"], idleLimit: 4_000 },
    says: { "slow-body": ["answers", "404"] },
  },
];

testSideBySide(
  "profileConnection() is not misled by a server that does not treat every connection alike",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
