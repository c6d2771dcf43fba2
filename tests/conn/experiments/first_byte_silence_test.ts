import { assert, assertEquals } from "@std/assert";
import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo, honest } from "../_honest.ts";
import { checkSaid, fact, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that waits for the first octet",
    conduct: (connection) => honest(connection),
    options: { only: ["first-byte-silence"], idleLimit: 300 },
    says: { "first-byte-silence": ["outlives", "still open after 300 ms"] },
    findings: [],
  },
  {
    server: "one that gives up on silence with a 408",
    conduct: async (connection) => {
      const first = await Promise.race([connection.request(), connection.pause(700).then(() => null)]);
      if (typeof first === "string") return connection.send(answerTo(first, "Connection: close"));
      connection.send("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    },
    options: { only: ["first-byte-silence", "slow-head"] },
    says: { "first-byte-silence": ["closes", ""], "slow-head": ["gives-up", ""] },
    facts: (profile) => {
      assertEquals(fact(profile, "first-byte-silence", "answered"), 408);
      const seconds = fact(profile, "first-byte-silence", "seconds") as number;
      assert(seconds > 0.65 && seconds < 2, `${seconds} s`);
    },
  },
];

testSideBySide(
  "first-byte-silence tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
