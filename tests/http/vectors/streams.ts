import type { ExpectedResponse, Vector } from "../_run_vector.ts";

const EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
const NO_CONTENT = "HTTP/1.1 204 OK\r\n\r\n";
const CLOSE = "HTTP/1.1 204 OK\r\nConnection: close\r\n\r\n";
const BOTH = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n";
const empty: ExpectedResponse = { headers: [["Content-Length", "0"]] };
const noContent: ExpectedResponse = { status: 204, framing: "none", headers: [] };
const closing: ExpectedResponse = {
  status: 204,
  framing: "none",
  headers: [["Connection", "close"]],
  persistent: false,
};

/** Several messages on one connection, and what is too much: RFC 9112 §9.2, §9.3, §9.6. */
export const streamVectors: readonly Vector[] = [
  {
    name: "two responses back to back",
    wire: EMPTY + NO_CONTENT,
    requests: ["GET", "GET"],
    responses: [empty, noContent],
  },
  {
    name: "responses of every framing back to back",
    wire: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" +
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nho\r\n0\r\n\r\n" + EMPTY +
      "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\n\r\nrest",
    requests: ["GET", "POST", "HEAD", "GET"],
    responses: [
      { headers: [["Content-Length", "2"]], content: "hi" },
      { headers: [["Transfer-Encoding", "chunked"]], framing: "chunked", content: "ho", wireBytes: 12 },
      { ...empty, framing: "none" },
      { headers: [], interim: [100], framing: "until-close", content: "rest" },
    ],
    deviations: [["close-delimited", "C\r\n\r\n|HTTP"]],
  },
  {
    name: "an empty line between two responses",
    wire: NO_CONTENT + "\r\n" + EMPTY,
    requests: ["GET", "GET"],
    responses: [noContent, empty],
    deviations: [["leading-crlf", NO_CONTENT.length]],
  },
  {
    name: "a second response that is broken leaves the first as it is",
    wire: NO_CONTENT + "HTTP/1.1 2xx OK\r\n\r\n",
    requests: ["GET", "GET"],
    responses: [noContent],
    partial: { version: "1.1", headers: [] },
    fatal: ["invalid-status-code", "1.1 |2xx", "head"],
  },
  {
    name: "a body that is longer than its length, with another request outstanding",
    wire: EMPTY + "body" + NO_CONTENT,
    requests: ["GET", "GET"],
    responses: [empty],
    partial: { headers: [] },
    fatal: ["not-http", EMPTY.length, "head"],
  },
  {
    name: "one of two requests answered, more may come",
    wire: EMPTY,
    requests: ["GET", "GET"],
    end: "open",
    state: "head",
    responses: [empty],
  },
  {
    name: "the end before the second response",
    wire: EMPTY,
    requests: ["GET", "GET"],
    responses: [empty],
    fatal: ["empty-reply", EMPTY.length, "wait"],
  },
  {
    name: "the end after a response that ends the use of the connection, another request outstanding",
    wire: CLOSE,
    requests: ["GET", "GET"],
    responses: [closing],
    closed: CLOSE.length,
  },
  {
    name: "a response after one that ends the use of the connection is surplus",
    wire: CLOSE + EMPTY,
    requests: ["GET", "GET"],
    responses: [closing],
    surplus: EMPTY.length,
    deviations: [["data-after-close", CLOSE.length]],
    closed: CLOSE.length + EMPTY.length,
  },
  {
    name: "after both fields, the connection is not used again",
    wire: BOTH + EMPTY,
    requests: ["GET", "GET"],
    responses: [{
      headers: [["Transfer-Encoding", "chunked"], ["Content-Length", "1"]],
      framing: "chunked",
      wireBytes: 5,
      persistent: false,
      announced: { persistent: true },
    }],
    surplus: EMPTY.length,
    deviations: [["te-and-cl", "\r\n|Transfer"], ["excess-data", "0\r\n\r\n|HTTP"]],
    closed: BOTH.length + EMPTY.length,
  },
  {
    name: "octets that nobody asked for",
    wire: EMPTY + NO_CONTENT,
    responses: [empty],
    surplus: NO_CONTENT.length,
    deviations: [["excess-data", EMPTY.length]],
  },
  {
    name: "line ends that nobody asked for",
    wire: EMPTY + "\r\n\n",
    responses: [empty],
    surplus: 3,
    deviations: [["excess-crlf", EMPTY.length]],
  },
  {
    name: "line ends, then other octets",
    wire: EMPTY + "\r\nX",
    responses: [empty],
    surplus: 3,
    deviations: [["excess-data", EMPTY.length]],
  },
  {
    name: "octets after Connection: close",
    wire: CLOSE + "X",
    responses: [closing],
    surplus: 1,
    deviations: [["data-after-close", CLOSE.length]],
  },
  {
    name: "line ends after Connection: close",
    wire: CLOSE + "\r\n",
    responses: [closing],
    surplus: 2,
    deviations: [["excess-crlf", CLOSE.length]],
  },
  {
    name: "octets after a response of HTTP/1.0",
    wire: "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nxy",
    responses: [{ version: "1.0", content: "x", persistent: false }],
    surplus: 1,
    deviations: [["data-after-close", "x|y"]],
  },
  {
    name: "a body after the answer to HEAD",
    wire: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
    requests: ["HEAD"],
    responses: [{ framing: "none", headers: [["Content-Length", "2"]] }],
    surplus: 2,
    deviations: [["excess-data", "|hi"]],
  },
  {
    name: "a body after a 204",
    wire: NO_CONTENT + "0\r\n\r\n",
    responses: [noContent],
    surplus: 5,
    deviations: [["excess-data", NO_CONTENT.length]],
  },
  {
    name: "octets before any request",
    wire: "220 hello\r\n",
    requests: [],
    responses: [],
    surplus: 11,
    deviations: [["excess-data", 0]],
  },
  {
    name: "interim responses of all kinds",
    wire:
      "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\nLink: </a>\r\n\r\nHTTP/1.0 199 X\n\nHTTP/1.1 204 OK\r\n\r\n",
    responses: [{ ...noContent, interim: [100, 103, 199] }],
    deviations: [["bare-lf", "X|\n"], ["bare-lf", "X\n|\n"]],
  },
];

/** Limits: each falls at the first octet beyond. */
export const limitVectors: readonly Vector[] = [
  {
    name: "a head of exactly the limit",
    wire: EMPTY,
    limits: { maxHead: EMPTY.length },
    responses: [empty],
  },
  {
    name: "a head of one octet more than the limit",
    wire: EMPTY,
    limits: { maxHead: EMPTY.length - 1 },
    partial: { version: "1.1", status: 200, reason: "OK", headers: [["Content-Length", "0"]] },
    limit: [EMPTY.length - 1, "head"],
  },
  {
    name: "a field line whose LF is the first octet beyond the limit",
    wire: EMPTY,
    limits: { maxHead: EMPTY.length - 3 },
    partial: { version: "1.1", status: 200, reason: "OK", headers: [] },
    limit: [EMPTY.length - 3, "head"],
  },
  {
    name: "a status-line beyond the limit",
    wire: "HTTP/1.1 200 " + "x".repeat(50),
    limits: { maxHead: 40 },
    partial: { headers: [] },
    limit: [40, "head"],
  },
  {
    name: "a bare CR at the limit",
    wire: "HTTP/1.1 200 xx\rxxxxxxxx",
    limits: { maxHead: 16 },
    partial: { headers: [] },
    fatal: ["bare-cr", 15, "head"],
  },
  {
    name: "endless empty lines before the status-line",
    wire: "\r\n".repeat(40),
    limits: { maxHead: 64 },
    partial: { headers: [] },
    deviations: Array.from({ length: 16 }, (_, i) => ["leading-crlf", i * 2] as const),
    limit: [64, "head"],
  },
  {
    name: "as many field lines as the limit",
    wire: "HTTP/1.1 204 OK\r\nA: 1\r\nB: 2\r\n\r\n",
    limits: { maxFields: 2 },
    responses: [{ status: 204, framing: "none" }],
  },
  {
    name: "one field line more than the limit",
    wire: "HTTP/1.1 204 OK\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n",
    limits: { maxFields: 2 },
    partial: { version: "1.1", status: 204, reason: "OK", headers: [["A", "1"], ["B", "2"]] },
    limit: ["|C: 3", "head"],
  },
  {
    name: "more interim responses than the limit",
    wire: "HTTP/1.1 100 C\r\n\r\n".repeat(3) + NO_CONTENT,
    limits: { maxInterim: 2 },
    pendingInterim: [100, 100, 100],
    limit: [36, "head"],
  },
  {
    name: "interim responses of more than sixteen heads",
    wire: "HTTP/1.1 100 C\r\n\r\n".repeat(17),
    limits: { maxHead: 18 },
    pendingInterim: Array.from({ length: 17 }, () => 100),
    limit: [18 * 16, "head"],
  },
  ...["0".repeat(30), "1;" + "a".repeat(30), "1" + " ".repeat(30)].map((line): Vector => ({
    name: `the chunk-size line ${line.slice(0, 4)}… beyond the limit`,
    wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + line,
    limits: { maxChunkLine: 16 },
    limit: [47 + 16, "body"],
    responses: [{ framing: "chunked", chunks: 0, wireBytes: 16, complete: false }],
  })),
  {
    name: "a chunk-size line of exactly the limit",
    wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0;abcdefghijklmn\r\n\r\n",
    limits: { maxChunkLine: 16 },
    responses: [{ framing: "chunked" }],
    deviations: [["chunk-extension", "0|;abc"]],
  },
  {
    name: "a trailer section beyond the limit",
    wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: " + "b".repeat(60),
    limits: { maxHead: 60 },
    limit: [50 + 60, "body"],
    responses: [{ framing: "chunked", wireBytes: 63, complete: false }],
  },
  {
    name: "a head of more than 64 KiB that the limit allows",
    wire: "\r\nHTTP/1.1 204 OK\r\n" + `A: ${"b".repeat(32760)}\r\n`.repeat(2) + "\r\n",
    limits: { maxHead: 100_000 },
    responses: [{
      status: 204,
      framing: "none",
      headers: Array.from({ length: 2 }, () => ["A", "b".repeat(32760)] as const),
    }],
    deviations: [["leading-crlf", 0], ["large-head", 2]],
  },
];
