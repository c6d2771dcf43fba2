import { assert, assertEquals } from "@std/assert";
import { testSideBySide } from "../../_side_by_side.ts";
import { closing } from "../_conducts.ts";
import { answerTo, honest, impatient } from "../_honest.ts";
import { reply } from "../_liar.ts";
import { checkSaid, fact, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that keeps connections",
    conduct: (connection) => honest(connection),
    options: { only: ["keep-alive"] },
    says: {
      "keep-alive": ["yes", "3 of 3 requests answered on one connection, with and without asking for it"],
    },
    findings: [],
  },
  {
    server: "one that closes after every answer and says so",
    conduct: closing,
    options: { only: ["keep-alive"] },
    says: { "keep-alive": ["no", "closes after every answer, which its answers say or imply"] },
    findings: [],
  },
  {
    server: "one that announces 60 s and closes after 0.3 s",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(reply("hi", "Keep-Alive: timeout=60"));
        const next = connection.request();
        const over = connection.pause(300).then(() => connection.fin());
        if (await Promise.race([next.then(() => "next"), over.then(() => "over")]) === "over") return;
        head = await next;
        if (head === undefined) return;
        connection.send(reply("hi", "Keep-Alive: timeout=60"));
      }
    },
    options: { only: ["keep-alive", "idle-timeout"] },
    says: { "keep-alive": ["lie", ""], "idle-timeout": ["closes", ""] },
    findings: ["keep-alive-lie", "keep-alive-lie"],
    facts: (profile) => {
      const seconds = fact(profile, "idle-timeout", "seconds") as number;
      assert(seconds > 0.25 && seconds < 1.5, `${seconds} s`);
      assertEquals(fact(profile, "idle-timeout", "announced"), 60);
      assertEquals(fact(profile, "idle-timeout", "how"), "fin");
    },
  },
  {
    server: "one that announces 0 s and closes when nothing comes for a moment",
    conduct: (connection) => impatient(connection, 250, () => connection.fin(), ["Keep-Alive: timeout=0"]),
    options: { only: ["keep-alive"] },
    says: { "keep-alive": ["yes", ""] },
    findings: [],
  },
  {
    server: "one whose idle timeout is a little more than a second",
    conduct: async (connection) => {
      let head = await connection.request();
      while (head !== undefined) {
        connection.send(reply("hi"));
        const next = connection.request();
        const idle = connection.pause(1_300).then(() => "idle" as const);
        const first = await Promise.race([next.then((request) => ({ request })), idle]);
        if (first === "idle") return;
        head = first.request;
      }
    },
    options: { only: ["keep-alive"] },
    says: { "keep-alive": ["yes", ""] },
    findings: [],
    facts: (profile) => {
      const asked = fact(profile, "keep-alive", "whenAsked") as { answered: unknown };
      assertEquals(asked.answered, 3);
    },
  },
  {
    server: "one that answers two for one",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        connection.send(answerTo(head) + answerTo(head));
      }
    },
    options: { only: ["keep-alive"] },
    says: { "keep-alive": ["unknown", ""] },
    findings: ["framing-anomaly"],
  },
  {
    server: "two in turns, one of which closes after every answer, and keep-alive",
    conduct: (connection) => connection.number % 2 === 0 ? honest(connection) : closing(connection),
    options: { only: ["keep-alive"] },
    says: {
      "keep-alive": [
        "unknown",
        "the server keeps some connections after the same request, and closes others",
      ],
    },
    findings: ["backends-differ"],
  },
];

testSideBySide(
  "keep-alive tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
