import { testSideBySide } from "../../_side_by_side.ts";
import { contentComes, TIMEOUT } from "../_conducts.ts";
import { answerTo, honest } from "../_honest.ts";
import { reply } from "../_liar.ts";
import { checkSaid, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that gives up on a head with a 408",
    conduct: async (connection) => {
      const head = await Promise.race([connection.request(), connection.pause(700).then(() => undefined)]);
      connection.send(head === undefined ? TIMEOUT : answerTo(head, "Connection: close"));
    },
    options: { only: ["slow-head"], idleLimit: 2_500 },
    says: { "slow-head": ["gives-up", "a 408, FIN after"] },
    findings: [],
  },
  {
    server: "one that waits for the rest of the head",
    conduct: (connection) => honest(connection),
    options: { only: ["slow-head"], idleLimit: 1_500 },
    says: { "slow-head": ["outlives", " s and 1 piece"] },
    findings: [],
  },
  {
    server: "one that answers the beginning of a head",
    conduct: async (connection) => {
      if (await contentComes(connection)) connection.send(reply("hi", "Connection: close"));
    },
    options: { only: ["slow-head"], idleLimit: 1_500 },
    says: { "slow-head": ["answers", "without waiting for the rest"] },
    findings: [],
  },
];

testSideBySide(
  "slow-head tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
