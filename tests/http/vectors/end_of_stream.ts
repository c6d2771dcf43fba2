import type { Vector } from "../_run_vector.ts";

const START = "HTTP/1.1 200 OK\r\n";
const LENGTH = START + "Content-Length: 5\r\n\r\n";
const CHUNKED = START + "Transfer-Encoding: chunked\r\n\r\n";

/** The end of the stream: RFC 9112 §8, §9.8. */
export const endVectors: readonly Vector[] = [
  { name: "no octet at all", wire: "", partial: {}, fatal: ["empty-reply", 0, "wait"] },
  {
    name: "no octet at all, and TLS cut off",
    wire: "",
    end: "tls-truncated",
    partial: {},
    deviations: [["tls-truncated", 0]],
    fatal: ["empty-reply", 0, "wait"],
  },
  { name: "nothing yet", wire: "", end: "open", partial: {}, state: "head" },
  ...["H", "HT", "HTTP", "HTTP/1.1 20", "HTTP/1.1 200 OK", "HTTP/1.1 200 OK\r", "\r", " ", "\r\n", "http"]
    .map(
      (wire): Vector => ({
        name: `the end after ${JSON.stringify(wire)}`,
        wire,
        partial: { headers: [] },
        deviations: wire === "\r\n" ? [["leading-crlf", 0]] : [],
        fatal: ["truncated-head", wire.length, "head"],
      }),
    ),
  ...["", "A", "A: b", "A: b\r"].map((line): Vector => ({
    name: `the end after the field line ${JSON.stringify(line)}`,
    wire: START + "X: y\r\n" + line,
    partial: { version: "1.1", status: 200, reason: "OK", headers: [["X", "y"]] },
    fatal: ["truncated-head", START.length + 6 + line.length, "head"],
  })),
  {
    name: "the end after half of the empty line, TLS cut off",
    wire: START + "X: y\r\n\r",
    end: "tls-truncated",
    partial: { version: "1.1", status: 200, reason: "OK", headers: [["X", "y"]] },
    deviations: [["tls-truncated", START.length + 7]],
    fatal: ["truncated-head", START.length + 7, "head"],
  },
  {
    name: "the end after an interim response",
    wire: "HTTP/1.1 100 Continue\r\n\r\n",
    pendingInterim: [100],
    fatal: ["truncated-head", 25, "head"],
  },
  {
    name: "the end in the head after an interim response",
    wire: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 2",
    pendingInterim: [100],
    partial: { headers: [] },
    fatal: ["truncated-head", 35, "head"],
  },
  ...["", "h", "hell"].map((content): Vector => ({
    name: `the end after ${content.length} of 5 octets`,
    wire: LENGTH + content,
    responses: [{ content, expected: 5, complete: false }],
    fatal: ["truncated-body", LENGTH.length + content.length, "body"],
  })),
  {
    name: "the end after 4 of 5 octets, TLS cut off",
    wire: LENGTH + "hell",
    end: "tls-truncated",
    responses: [{ content: "hell", expected: 5, complete: false }],
    deviations: [["tls-truncated", LENGTH.length + 4]],
    fatal: ["truncated-body", LENGTH.length + 4, "body"],
  },
  ...["", "2", "2\r", "2\r\n", "2\r\nh", "2\r\nhi", "2\r\nhi\r", "2\r\nhi\r\n", "2;a"].map((
    body,
  ): Vector => ({
    name: `the end of a chunked body after ${JSON.stringify(body)}`,
    wire: CHUNKED + body,
    responses: [{
      framing: "chunked",
      content: /h\w?/.exec(body)?.[0] ?? "",
      chunks: body.includes("\n") ? 1 : 0,
      wireBytes: body.length,
      complete: false,
    }],
    fatal: ["truncated-chunked", CHUNKED.length + body.length, "body"],
  })),
  ...["0", "0\r\n", "0\r\n\r", "0\r\nA: b", "0\r\nA: b\r\n", "0\r\nA: b\r\n\r"].map((body): Vector => ({
    name: `the end of a chunked body after ${JSON.stringify(body)}`,
    wire: CHUNKED + body,
    responses: [{
      framing: "chunked",
      trailers: body.includes("b\r\n") ? [["A", "b"]] : [],
      wireBytes: body.length,
      complete: false,
    }],
    fatal: ["truncated-chunked", CHUNKED.length + body.length, "body"],
  })),
  {
    name: "a body until the end, still open",
    wire: START + "A: b\r\n\r\nhello",
    end: "open",
    state: "body",
    responses: [{ framing: "until-close", content: "hello", complete: false }],
    deviations: [["close-delimited", 0]],
  },
  {
    name: "a body until the end, TLS cut off",
    wire: START + "A: b\r\n\r\nhello",
    end: "tls-truncated",
    responses: [{ framing: "until-close", content: "hello", complete: false }],
    deviations: [["close-delimited", 0]],
    fatal: ["tls-truncated", START.length + 13, "body"],
  },
  {
    name: "a complete response, then TLS cut off",
    wire: LENGTH + "hello",
    end: "tls-truncated",
    responses: [{ content: "hello" }],
    deviations: [["tls-truncated", LENGTH.length + 5]],
  },
  {
    name: "a complete response, surplus, then TLS cut off",
    wire: LENGTH + "helloX",
    end: "tls-truncated",
    surplus: 1,
    responses: [{ content: "hello" }],
    deviations: [["excess-data", LENGTH.length + 5], ["tls-truncated", LENGTH.length + 6]],
  },
  {
    name: "an unfinished CONNECT tunnel",
    wire: START + "\r\nabc",
    requests: ["CONNECT"],
    end: "tls-truncated",
    surplus: 3,
    responses: [{ framing: "none", headers: [], persistent: null }],
    deviations: [["tls-truncated", START.length + 5]],
  },
];
