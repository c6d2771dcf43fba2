import { testSideBySide } from "../../_side_by_side.ts";
import { hang, refusing, sends } from "../_conducts.ts";
import { answerTo, wantsClose } from "../_honest.ts";
import { type Conduct, type LiarConnection, reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

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

/** Reads plain chunks, and closes after content with extensions or trailers. */
async function plainChunksOnly(connection: LiarConnection): Promise<void> {
  for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
    connection.send(answerTo(head));
    if (!/chunked/i.test(head)) continue;
    await connection.pause(20);
    if (connection.discard() !== "5\r\nsonde\r\n0\r\n\r\n".length) return;
  }
}

/** Reads chunked content to its end, or does as told. */
function withChunks(then: Conduct | undefined): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (/^transfer-encoding/im.test(head)) {
        if (then) return await then(connection);
        // The content ends with an empty line, as a head does.
        await connection.request();
      } else if (/^content-length/im.test(head)) {
        await connection.pause(20);
        connection.discard();
      }
      connection.send(answerTo(head));
      if (wantsClose(head)) return;
    }
  };
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that reads chunked content",
    conduct: withChunks(undefined),
    options: { only: ["chunked-request"] },
    says: { "chunked-request": ["accepted", "plain: 200, in step; extensions: 200, in step"] },
    findings: [],
  },
  {
    server: "one that refuses chunked content",
    conduct: withChunks(sends(reply("no", "Connection: close").replace("200 OK", "411 Length Required"))),
    options: { only: ["chunked-request"] },
    says: { "chunked-request": ["refused", "plain: 411"] },
    findings: [],
  },
  {
    server: "one that does not answer chunked content",
    conduct: refusing((head) => /chunked/.test(head), hang),
    options: { only: ["chunked-request"], maxTime: 1_000 },
    says: { "chunked-request": ["unknown", "could not tell: plain: no answer came in time"] },
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
];

testSideBySide(
  "chunked-request tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
