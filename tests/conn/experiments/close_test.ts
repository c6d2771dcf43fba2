import { assertEquals } from "@std/assert";
import { testSideBySide } from "../../_side_by_side.ts";
import { answerTo, honest } from "../_honest.ts";
import { reply } from "../_liar.ts";
import { checkSaid, fact, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that closes when it is asked to",
    conduct: (connection) => honest(connection),
    options: { only: ["close"] },
    says: { "close": ["honoured", "the answer says close"] },
    findings: [],
  },
  {
    server: "one that says close and stays open",
    conduct: async (connection) => {
      while (await connection.request() !== undefined) connection.send(reply("hi", "Connection: close"));
    },
    options: { only: ["close", "keep-alive"] },
    says: { close: ["left-open", ""], "keep-alive": ["no", ""] },
    findings: ["close-ignored"],
    facts: (profile) => assertEquals(fact(profile, "close", "echoed"), true),
  },
  {
    server: "one that ignores close, and whose idle timeout ends the connection",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi"));
      await connection.pause(1_500);
    },
    options: { only: ["close"] },
    says: { close: ["left-open", ""] },
    facts: (profile) => assertEquals(fact(profile, "close", "how"), "fin"),
  },
  {
    server: "one that closes after every answer without a word",
    conduct: async (connection) => {
      await connection.request();
      connection.send(reply("hi"));
    },
    options: { only: ["keep-alive", "close"] },
    says: { "keep-alive": ["lie", ""], close: ["silent", ""] },
    findings: ["keep-alive-lie", "silent-close"],
  },
  {
    server: "one that speaks HTTP/1.0 and closes as its version implies",
    conduct: async (connection) => {
      await connection.request();
      connection.send("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    },
    options: { only: ["close"] },
    says: { close: ["honoured", "the answer implies a close"] },
    findings: [],
  },
  {
    server: "one that resets instead of closing",
    conduct: async (connection) => {
      const head = await connection.request();
      connection.send(answerTo(head ?? ""));
      await connection.pause(60);
      connection.rst();
    },
    options: { only: ["close", "idle-timeout"] },
    says: { close: ["honoured", ""], "idle-timeout": ["closes", ""] },
    findings: ["reset-loses-answer"],
    facts: (profile) => {
      assertEquals(fact(profile, "close", "how"), "rst");
      assertEquals(fact(profile, "idle-timeout", "how"), "rst");
    },
  },
  {
    server: "one that closes as asked on most connections only",
    conduct: async (connection) => {
      const head = await connection.request();
      if (head === undefined) return;
      connection.send(answerTo(head));
      if (connection.number % 4 === 2) await connection.gone();
    },
    options: { only: ["close"] },
    says: { close: ["unknown", "one connection was closed as announced, another one was not"] },
    findings: [],
  },
];

testSideBySide(
  "close tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
