import { testSideBySide } from "../../_side_by_side.ts";
import { TIMEOUT } from "../_conducts.ts";
import { answerTo } from "../_honest.ts";
import { reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that gives up on a body with a 408",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        if (!/^content-length/im.test(head)) {
          connection.send(answerTo(head));
          continue;
        }
        await connection.pause(700);
        return connection.send(TIMEOUT);
      }
    },
    options: { only: ["slow-body"], idleLimit: 2_500 },
    says: { "slow-body": ["gives-up", "a 408, FIN after"] },
    findings: [],
  },
  {
    server: "one that gives up on a body before the second piece of it",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      if (!/content-length/i.test(head)) return connection.send(answerTo(head, "Connection: close"));
      // The limit applies to each read: every arrived octet restarts it.
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
  "slow-body tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
