import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo } from "../_honest.ts";
import { type Conduct, reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

/** Answers plain requests, and those that promise much content as told. */
function promising(then: Conduct): Conduct {
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (/^content-length: [0-9]{7}/im.test(head)) return await then(connection);
      connection.send(answerTo(head));
    }
  };
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that answers early and reads on",
    conduct: promising(async (connection) => {
      connection.send(reply("no", "Connection: close").replace("200 OK", "413 Content Too Large"));
      await connection.gone();
    }),
    options: { only: ["early-answer"] },
    says: { "early-answer": ["readable", "none lost in 4 tries"] },
    findings: [],
  },
  {
    server: "one that resets instead of answering",
    conduct: promising((connection) => Promise.resolve(connection.rst())),
    options: { only: ["early-answer"] },
    says: { "early-answer": ["lost", "4 lost in 4 tries"] },
    findings: ["reset-loses-answer"],
  },
  {
    server: "one that takes the content and says nothing",
    conduct: promising((connection) => connection.gone()),
    options: { only: ["early-answer"] },
    says: { "early-answer": ["after-content", "no answer while"] },
    findings: [],
  },
  {
    server: "one that closes instead of answering",
    conduct: promising(async () => {}),
    options: { only: ["early-answer"] },
    says: { "early-answer": ["no-answer", "without an answer"] },
    findings: [],
  },
];

testSideBySide(
  "early-answer tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
