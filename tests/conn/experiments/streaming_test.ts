import { assert, assertEquals } from "@std/assert";
import { testSideBySide } from "../../_side_by_side.ts";
import { honest } from "../_honest.ts";
import { checkSaid, fact, type SaidRow } from "../_said.ts";

const ROWS: readonly SaidRow[] = [
  {
    server: "one that answers at once",
    conduct: (connection) => honest(connection),
    options: { only: ["streaming"] },
    says: { "streaming": ["quick", "1 read"] },
    findings: [],
  },
  {
    server: "one that sends its answer bit by bit",
    conduct: async (connection) => {
      await connection.request();
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (let piece = 0; piece < 4; piece++) {
        await connection.pause(60);
        connection.send("5\r\nhel");
        await connection.pause(60);
        connection.send("lo\r\n");
      }
      connection.send("0\r\n\r\n");
    },
    options: { only: ["streaming"] },
    says: { streaming: ["streamed", ""] },
    facts: (profile) => {
      assertEquals(fact(profile, "streaming", "chunks"), 4);
      const chunks = fact(profile, "streaming", "chunkArrivals") as { at: number; bytes: number }[];
      assertEquals(chunks.map(({ bytes }) => bytes), [5, 5, 5, 5]);
      assert(chunks[3]!.at - chunks[0]!.at > 200, JSON.stringify(chunks));
    },
  },
  {
    server: "one that holds its answer back",
    conduct: async (connection) => {
      await connection.request();
      await connection.pause(500);
      connection.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n",
      );
      await connection.gone();
    },
    options: { only: ["streaming"] },
    says: { streaming: ["at-once", ""] },
    findings: ["buffered-on-the-way"],
  },
];

testSideBySide(
  "streaming tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
