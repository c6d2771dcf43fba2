import { assertEquals } from "@std/assert";
import { testSideBySide } from "../../_side_by_side.ts";
import { honest } from "../_honest.ts";
import { type Conduct, reply } from "../_liar.ts";
import { checkSaid, fact, type SaidRow } from "../_said.ts";

/** A resource with a validator and ranges, of which it honours some. */
function resource(honours: { readonly etag: boolean; readonly range: boolean }): Conduct {
  const fields = ['ETag: "1"', "Accept-Ranges: bytes"];
  return async (connection) => {
    for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
      if (honours.etag && /if-none-match/i.test(head)) {
        connection.send('HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n');
      } else if (honours.range && /\r\nrange:/i.test(head)) {
        const part = reply("hello", ...fields, "Content-Range: bytes 0-4/11");
        connection.send(part.replace("200 OK", "206 Partial Content"));
      } else connection.send(reply("hello world", ...fields));
    }
  };
}

const ROWS: readonly SaidRow[] = [
  {
    server: "one that honours validator and range",
    conduct: resource({ etag: true, range: true }),
    options: { only: ["conditional"] },
    says: { "conditional": ["honoured", "ETag → 304, no Last-Modified, Range → 206"] },
    findings: [],
  },
  {
    server: "one that honours the validator only",
    conduct: resource({ etag: true, range: false }),
    options: { only: ["conditional"] },
    says: { "conditional": ["partial", "ETag → 304, no Last-Modified, Range → 200"] },
    findings: [],
  },
  {
    server: "one that ignores what it offers",
    conduct: resource({ etag: false, range: false }),
    options: { only: ["conditional"] },
    says: { "conditional": ["ignored", "ETag → 200, no Last-Modified, Range → 200"] },
    findings: [],
  },
  {
    server: "one that offers neither validator nor ranges",
    conduct: (connection) => honest(connection),
    options: { only: ["conditional"] },
    says: { "conditional": ["none", "no ETag, no Last-Modified, no ranges"] },
    findings: [],
  },
  {
    server: "one that sends content with 304 and wrong ranges",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const fields = ['ETag: "1"', "Accept-Ranges: bytes"];
        if (/if-none-match/i.test(head)) {
          connection.send(`HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\ncontent`);
        } else if (/\r\nrange:/i.test(head)) {
          connection.send(
            reply("wrong", ...fields, "Content-Range: bytes 0-4/11").replace("200 OK", "206 Partial"),
          );
        } else connection.send(reply("hello world", ...fields));
      }
    },
    options: { only: ["conditional"] },
    says: { conditional: ["broken", ""] },
    findings: ["conditional-broken", "framing-anomaly"],
    facts: (profile) => {
      assertEquals(fact(profile, "conditional", "etag"), "304 with content");
      assertEquals(fact(profile, "conditional", "range"), "206 with other octets");
    },
  },
  {
    server: "one that sends content with 304",
    conduct: async (connection) => {
      for (let head = await connection.request(); head !== undefined; head = await connection.request()) {
        const matched = /if-none-match/i.test(head);
        connection.send(
          matched
            ? `HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\ncontent`
            : reply("hello world", 'ETag: "1"'),
        );
      }
    },
    options: { only: ["conditional"] },
    says: { conditional: ["broken", ""] },
    facts: (profile) => assertEquals(fact(profile, "conditional", "etag"), "304 with content"),
  },
];

testSideBySide(
  "conditional tells servers apart",
  ROWS.map((row) => [row.server, () => checkSaid(row)] as const),
);
