import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo, honest, wantsClose } from "../_honest.ts";
import { type Conduct, type LiarConnection, reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

const HTTP10 = { only: ["http10"], maxTime: 700 };
const UNFRAMED = "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nhello";

/** Answers correctly, but handles an HTTP/1.0 request with keep-alive by `then`. */
function whenAsked(then: Conduct, plain = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello"): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (/ HTTP\/1\.0\r\n/.test(head)) {
        if (/keep-alive/i.test(head)) return await then(connection);
        return connection.send(plain);
      }
      connection.send(answerTo(head));
      if (wantsClose(head)) return;
    }
  };
}

async function dripping(connection: LiarConnection): Promise<void> {
  connection.send(UNFRAMED);
  let gone = false;
  connection.gone().then(() => gone = true);
  while (!gone) {
    await connection.pause(200);
    connection.send("more");
  }
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that keeps connections when it is asked to",
    conduct: (connection) => honest(connection),
    options: { only: ["http10"] },
    says: { "http10": ["keep-alive", "kept when asked to"] },
    findings: [],
  },
  {
    server: "one that does not speak HTTP/1.0",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(
          / HTTP\/1\.0\r\n/.test(head) ? reply("no").replace("200 OK", "505 No") : answerTo(head),
        );
      }
    },
    options: { only: ["http10"] },
    says: { "http10": ["refused", "answered with 505"] },
    findings: [],
  },
  {
    server: "one that gives an HTTP/1.0 client no way to see the end",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      if (!head.includes(" HTTP/1.0")) return connection.send(answerTo(head, "Connection: close"));
      connection.send("HTTP/1.0 200 OK\r\n\r\nhello");
      await connection.gone();
    },
    options: { only: ["http10"], maxTime: 700 },
    says: { http10: ["unframed-open", ""] },
    findings: ["http10-unframed"],
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
    says: { http10: ["closes", "closed without announcing it when asked to keep it"] },
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
    server: "one whose keep-alive answer has no length and stays open",
    conduct: whenAsked(async (connection) => {
      connection.send(UNFRAMED);
      await connection.gone();
    }),
    options: HTTP10,
    says: {
      http10: ["unframed-open", "when asked to be kept: HTTP/1.1, until-close, neither ended nor closed"],
    },
    findings: ["http10-unframed"],
  },
  {
    server: "one whose keep-alive answer has no length, and whose idle timeout ends it",
    conduct: whenAsked(async (connection) => {
      connection.send(UNFRAMED);
      await connection.pause(4_000);
    }),
    options: { ...HTTP10, maxTime: 5_000 },
    says: { http10: ["unframed-open", "not ended before the connection was closed after"] },
    findings: ["http10-unframed"],
  },
  {
    server: "one whose keep-alive answer is chunked and stays open",
    conduct: whenAsked(async (connection) => {
      const chunked =
        "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
      do connection.send(chunked); while (await connection.request() !== undefined);
    }),
    options: HTTP10,
    says: { http10: ["unframed-open", "which HTTP/1.0 does not define"] },
    findings: ["http10-unframed"],
  },
  {
    server: "one whose keep-alive answer has no length and closes",
    conduct: whenAsked((connection) => Promise.resolve(connection.send(UNFRAMED))),
    options: HTTP10,
    says: { http10: ["closes", "not kept when asked to"] },
    findings: [],
  },
  {
    server: "one whose keep-alive answer has no length and goes on",
    conduct: whenAsked(dripping),
    options: HTTP10,
    says: { http10: ["unknown", "was not complete in time"] },
    findings: [],
  },
  {
    server: "one whose keep-alive answer stops before the length that it gives",
    conduct: whenAsked(async (connection) => {
      connection.send(reply("hello", "Connection: keep-alive").slice(0, -2));
      await connection.gone();
    }),
    options: HTTP10,
    says: { http10: ["unknown", "was not complete in time"] },
    findings: [],
  },
  {
    server: "one whose answer without keep-alive has no length, and whose idle timeout ends it",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        if (!/ HTTP\/1\.0\r\n/.test(head)) {
          connection.send(answerTo(head));
          continue;
        }
        connection.send("HTTP/1.1 200 OK\r\n\r\nhello");
        return await connection.pause(4_000);
      }
    },
    options: { ...HTTP10, maxTime: 5_000 },
    says: { http10: ["unframed-open", "not ended before the connection was closed after"] },
    findings: ["http10-unframed"],
  },
];

testSideBySide(
  "http10 finds answers without a visible end, with and without keep-alive",
  ROWS.toReversed().map((row) => [row.server, () => checkSaid(row)] as const),
);
