import { testSideBySide } from "../../_side_by_side.ts";
import { contentComes, sends } from "../_conducts.ts";
import { answerTo } from "../_honest.ts";
import { type Conduct, reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

/** Answers plain requests, and those with an expectation as told. */
function expecting(then: Conduct): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (/^expect:/im.test(head)) return await then(connection);
      connection.send(answerTo(head));
    }
  };
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that asks for the content",
    conduct: expecting(async (connection) => {
      connection.send("HTTP/1.1 100 Continue\r\n\r\n");
      if (await contentComes(connection)) connection.send(reply("taken", "Connection: close"));
    }),
    options: { only: ["expect-continue"], idleLimit: 300 },
    says: {
      "expect-continue": ["honoured", ", then 200; body never sent: no answer, still open after 300 ms"],
    },
    findings: [],
  },
  {
    server: "one that waits for the content without a word",
    conduct: expecting(async (connection) => {
      if (await contentComes(connection)) connection.send(reply("taken", "Connection: close"));
    }),
    options: { only: ["expect-continue"], idleLimit: 300 },
    says: { "expect-continue": ["ignored", "200 after the content"] },
    findings: [],
  },
  {
    server: "one that answers without the content",
    conduct: expecting(sends(reply("done", "Connection: close"))),
    options: { only: ["expect-continue"], idleLimit: 300 },
    says: { "expect-continue": ["final", "after the head, without asking for the content"] },
    findings: [],
  },
  {
    server: "one that refuses the expectation",
    conduct: expecting(sends(reply("no", "Connection: close").replace("200 OK", "417 Expectation Failed"))),
    options: { only: ["expect-continue"], idleLimit: 300 },
    says: { "expect-continue": ["refused", "417 "] },
    findings: [],
  },
];

testSideBySide(
  "expect-continue tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
