import { assertEquals } from "@std/assert";
import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo, honest, impatient } from "../_honest.ts";
import { reply } from "../_liar.ts";
import { checkSaid, fact, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that loses what comes near its idle timeout",
    conduct: async (connection) => {
      if (connection.number <= 2) return await impatient(connection, 620);
      for (let answered = false;; answered = true) {
        const since = performance.now();
        const head = await connection.request();
        if (head === undefined) return;
        if (answered && performance.now() - since > 300) return connection.rst();
        connection.send(answerTo(head));
      }
    },
    options: { only: ["reuse-race"], idleLimit: 1_500 },
    says: { "reuse-race": ["loses", "(RST): another run may lose more or fewer"] },
    findings: ["idle-race"],
  },
  {
    server: "one that closes right behind its answer, before any further request",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi"));
      connection.fin();
    },
    options: { only: ["reuse-race"] },
    says: { "reuse-race": ["unknown", ""] },
    facts: (profile) => assertEquals(fact(profile, "reuse-race", "sent"), 0),
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
    // The race opens connections 3 to 18, four at a time. This server closes the eight in the middle, which ask near the
    // end, behind their first answer, and keeps the others, of which three ask within 15 ms of the end.
    server: "one whose idle timeout is not steady, and a race with it",
    conduct: async (connection) => {
      const { number } = connection;
      if (number <= 2) return await impatient(connection, 620);
      if (number <= 6 || number > 14) return await honest(connection);
      connection.send(answerTo(await connection.request() ?? ""));
      connection.fin();
    },
    options: { only: ["reuse-race"], idleLimit: 1_500 },
    says: { "reuse-race": ["unknown", "could be sent within 15 ms of the end, which is not steady enough"] },
    findings: [],
  },
];

testSideBySide(
  "reuse-race tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
