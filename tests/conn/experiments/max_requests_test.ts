import { assertEquals } from "@std/assert";
import { testSideBySide } from "../../_side_by_side.ts";
import { closing } from "../_conducts.ts";
import { answerTo, honest } from "../_honest.ts";
import { reply } from "../_liar.ts";
import { checkSaid, fact, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that closes after every answer and says so",
    conduct: closing,
    options: { only: ["max-requests"] },
    says: { "max-requests": ["not-kept", ""] },
    findings: [],
  },
  {
    server: "one that takes five requests for each connection and then closes without a word",
    conduct: async (connection) => {
      for (let number = 0; number < 5; number++) {
        const head = await connection.request();
        if (head === undefined) return;
        connection.send(answerTo(head));
      }
    },
    options: { only: ["max-requests"] },
    says: { "max-requests": ["capped", ""] },
    facts: (profile) => {
      assertEquals(fact(profile, "max-requests", "requests"), 5);
      assertEquals(fact(profile, "max-requests", "announcedClose"), false);
    },
  },
  {
    server: "one that takes more requests on every second connection, and closes without a word",
    conduct: async (connection) => {
      for (let left = connection.number % 2 === 0 ? 3 : 5; left > 0; left--) {
        if (await connection.request() === undefined) return;
        connection.send(reply("hi"));
      }
    },
    options: { only: ["max-requests"] },
    says: { "max-requests": ["unsteady", ""] },
    facts: (profile) => {
      const tries = fact(profile, "max-requests", "tries") as number[];
      assertEquals(tries.toSorted(), [3, 5]);
      assertEquals(fact(profile, "max-requests", "atLeast"), undefined);
    },
  },
  {
    server: "one that takes as many requests as come",
    conduct: (connection) => honest(connection),
    options: { only: ["max-requests"], maxRequests: 12 },
    says: { "max-requests": ["unlimited", ""] },
    facts: (profile) => {
      assertEquals(fact(profile, "max-requests", "requests"), 12);
      assertEquals(fact(profile, "max-requests", "atLeast"), 12);
    },
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
];

testSideBySide(
  "max-requests tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
