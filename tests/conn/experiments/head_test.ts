import { assertEquals } from "@std/assert";
import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo, honest } from "../_honest.ts";
import { reply } from "../_liar.ts";
import { checkSaid, fact, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one whose HEAD is GET without its content",
    conduct: (connection) => honest(connection),
    options: { only: ["head"] },
    says: { "head": ["consistent", "the fields of GET, no body, connection still in step"] },
    findings: [],
  },
  {
    server: "one that sends content with HEAD",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(reply("content"));
      }
    },
    options: { only: ["head"] },
    says: { head: ["has-body", ""] },
    findings: ["framing-anomaly"],
    facts: (profile) => assertEquals(fact(profile, "head", "strayOctets"), 7),
  },
  {
    server: "one whose HEAD has other fields",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const answer = answerTo(head, head.startsWith("GET") ? "X-Only: get" : "X-Other: head");
        connection.send(answer);
      }
    },
    options: { only: ["head"] },
    says: { head: ["differs", ""] },
    findings: ["head-differs"],
  },
];

testSideBySide(
  "head tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
