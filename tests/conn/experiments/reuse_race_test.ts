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
];

/** Its outcome depends on a few milliseconds, which other rows would take. */
const ALONE: readonly SaidRow[] = [
  {
    server: "one whose idle timeout is not steady, and a race with it",
    conduct: (connection) => impatient(connection, connection.number === 2 ? 700 : 620),
    options: { only: ["reuse-race"], idleLimit: 1_500 },
    says: { "reuse-race": ["unknown", "could be sent within 15 ms of the end, which is not steady enough"] },
    findings: [],
  },
];

testSideBySide(
  "reuse-race tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);

testSideBySide(
  "reuse-race requires a steady idle timeout",
  ALONE.map((row) => [row.server, () => checkSaid(row)] as const),
);
