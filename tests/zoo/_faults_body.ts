import { gzipSync } from "node:zlib";
import type { DeviationCode } from "../../lib/http/deviation.ts";
import { type Fault, OK, REQUEST, says, saysLast, STALL, type Verdict, WAITS } from "./_fault.ts";

const LINE = "HTTP/1.1 200 OK\r\n";
const TEN = `${LINE}Content-Length: 10\r\n\r\n`;
const CHUNKED = `${LINE}Transfer-Encoding: chunked\r\n\r\n`;

function fatal(...deviations: DeviationCode[]): Verdict {
  return { error: "syntax body target", status: 200, deviations, end: "us closed" };
}

function fatalHead(...deviations: DeviationCode[]): Verdict {
  return { error: "syntax head target", status: 200, deviations, end: "us closed" };
}

function tolerated(...deviations: DeviationCode[]): Verdict {
  return { status: 200, deviations, end: "us open" };
}

function gzipBomb(): string {
  const content = gzipSync(new Uint8Array(16 * 1024 * 1024)).toString("latin1");
  return `${LINE}Content-Encoding: gzip\r\nContent-Length: ${content.length}\r\n\r\n${content}`;
}

/** Faults in the framing and in the content. */
export const BODY_FAULTS: readonly Fault[] = [
  {
    does: "announces more content than it sends, and stays",
    peer: says(`${TEN}12345`),
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "announces more content than it sends, and closes",
    peer: saysLast(`${TEN}12345`),
    verdict: { error: "truncated body target", status: 200, deviations: ["truncated-body"], end: "peer fin" },
  },
  {
    does: "resets the connection in the middle of the content",
    peer: [REQUEST, { send: `${TEN}12345` }, { pause: 20 }, { rst: true }],
    verdict: { error: "reset body target", status: 200, end: "peer rst" },
  },
  {
    does: "sends its content octet by octet and takes its time",
    peer: [
      REQUEST,
      { send: `${LINE}Content-Length: 1000\r\n\r\n` },
      { drip: "x".repeat(1000), every: 20 },
      STALL,
    ],
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "sends more content than it announces",
    peer: says(`${LINE}Content-Length: 2\r\n\r\nhi there`),
    conn: "unknown left-open",
    verdict: tolerated("excess-data"),
  },
  {
    does: "sends two answers to one request",
    peer: says(OK + OK),
    conn: "unknown left-open",
    verdict: tolerated("excess-data"),
  },
  {
    does: "sends an empty line after the content",
    peer: says(`${OK}\r\n`),
    conn: "unknown left-open",
    verdict: tolerated("excess-crlf"),
  },
  {
    does: "sends content without end",
    peer: [REQUEST, { send: `${LINE}\r\n` }, { flood: 512 * 1024 * 1024 }],
    verdict: { error: "limit body target", status: 200, deviations: ["close-delimited"], end: "us closed" },
  },
  {
    does: "announces more content than is taken",
    peer: [REQUEST, { send: `${LINE}Content-Length: 9007199254740991\r\n\r\n` }, {
      flood: 512 * 1024 * 1024,
    }],
    verdict: { error: "limit body target", status: 200, end: "us closed" },
  },
  {
    does: "sends an answer that only the end completes, and stays",
    peer: says(`${LINE}\r\nhi`),
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, deviations: ["close-delimited"], end: "us closed" },
  },
  {
    does: "resets the connection in an answer that only the end completes",
    peer: [REQUEST, { send: `${LINE}\r\nhi` }, { pause: 20 }, { rst: true }],
    verdict: { error: "reset body target", status: 200, deviations: ["close-delimited"], end: "peer rst" },
  },
  {
    does: "sends two different lengths",
    peer: says(`${LINE}Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi`),
    verdict: fatalHead("conflicting-content-length"),
  },
  {
    does: "sends the same length twice",
    peer: says(`${LINE}Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi`),
    verdict: tolerated("duplicate-content-length"),
  },
  {
    does: "sends a length below zero",
    peer: says(`${LINE}Content-Length: -2\r\n\r\nhi`),
    verdict: fatalHead("invalid-content-length"),
  },
  {
    does: "sends a length of 30 digits",
    peer: says(`${LINE}Content-Length: ${"9".repeat(30)}\r\n\r\nhi`),
    verdict: fatalHead("content-length-overflow"),
  },
  {
    does: "sends a length beside chunked content",
    peer: says(`${LINE}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`),
    conn: "unknown left-open",
    verdict: tolerated("te-and-cl"),
  },
  {
    does: "sends content with 204",
    peer: says("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nhi"),
    conn: "unknown left-open",
    verdict: {
      status: 204,
      deviations: ["content-length-on-1xx-204", "excess-data"],
      end: "us open",
    },
  },
  {
    does: "sends content in answer to HEAD",
    peer: says(OK),
    options: { method: "HEAD" },
    verdict: tolerated("excess-data"),
  },
  {
    does: "writes a chunk size that is no number",
    peer: says(`${CHUNKED}xyz\r\nhi\r\n`),
    verdict: fatal("chunk-size-invalid"),
  },
  {
    does: "writes a chunk size of 2^64",
    peer: says(`${CHUNKED}10000000000000000\r\nhi\r\n`),
    verdict: fatal("chunk-size-overflow"),
  },
  {
    does: "sends more data than the chunk size says",
    peer: says(`${CHUNKED}2\r\nhi there\r\n0\r\n\r\n`),
    verdict: fatal("chunk-data-not-terminated"),
  },
  {
    does: "sends less data than the chunk size says, and stays",
    peer: says(`${CHUNKED}a\r\nhi\r\n`),
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "ends a chunk-size line with LF alone",
    peer: says(`${CHUNKED}2\nhi\r\n0\r\n\r\n`),
    verdict: fatal("bare-lf-in-chunk"),
  },
  {
    does: "stops in the middle of a chunk size",
    peer: says(`${CHUNKED}2`),
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "sends a chunk size octet by octet and takes its time",
    peer: [REQUEST, { send: CHUNKED }, { drip: "0".repeat(1000), every: 20 }, STALL],
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "stops after the last chunk, before the empty line",
    peer: says(`${CHUNKED}2\r\nhi\r\n0\r\n`),
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "stops in the middle of the trailers",
    peer: says(`${CHUNKED}2\r\nhi\r\n0\r\nX: `),
    options: WAITS,
    verdict: { error: "timeout body target", status: 200, end: "us closed" },
  },
  {
    does: "resets the connection in the middle of the trailers",
    peer: [REQUEST, { send: `${CHUNKED}2\r\nhi\r\n0\r\nX: ` }, { pause: 20 }, { rst: true }],
    verdict: { error: "reset body target", status: 200, end: "peer rst" },
  },
  {
    does: "closes before the last chunk",
    peer: saysLast(`${CHUNKED}2\r\nhi\r\n`),
    verdict: {
      error: "truncated body target",
      status: 200,
      deviations: ["truncated-chunked"],
      end: "peer fin",
    },
  },
  {
    does: "closes in the middle of the trailers",
    peer: saysLast(`${CHUNKED}2\r\nhi\r\n0\r\nX: `),
    verdict: {
      error: "truncated body target",
      status: 200,
      deviations: ["truncated-chunked"],
      end: "peer fin",
    },
  },
  {
    does: "resets the connection between two chunks",
    peer: [REQUEST, { send: `${CHUNKED}2\r\nhi\r\n` }, { pause: 20 }, { rst: true }],
    verdict: { error: "reset body target", status: 200, end: "peer rst" },
  },
  {
    does: "sends chunks without end",
    peer: [REQUEST, { send: CHUNKED }, {
      repeat: 100_000,
      steps: [{ send: `400\r\n${"x".repeat(1024)}\r\n`.repeat(16) }],
    }],
    verdict: { error: "limit body target", status: 200, end: "us closed" },
  },
  {
    does: "sends a chunk extension without end",
    peer: [REQUEST, { send: `${CHUNKED}1;x=` }, { flood: 256 * 1024 * 1024 }],
    verdict: { error: "limit body target", status: 200, end: "us closed" },
  },
  {
    does: "sends chunks of one octet with long extensions",
    peer: [REQUEST, { send: CHUNKED }, {
      repeat: 10_000,
      steps: [{ send: `1;${"x".repeat(2000)}\r\na\r\n`.repeat(16) }],
    }],
    verdict: { error: "limit body target", status: 200, deviations: ["chunk-extension"], end: "us closed" },
  },
  {
    does: "sends trailers without end",
    peer: [REQUEST, { send: `${CHUNKED}0\r\n` }, { repeat: 4_000, steps: [{ send: "X: y\r\n".repeat(64) }] }],
    verdict: { error: "limit body target", status: 200, end: "us closed" },
  },
  {
    does: "sends Content-Length as a trailer",
    peer: says(`${CHUNKED}2\r\nhi\r\n0\r\nContent-Length: 2\r\n\r\n`),
    verdict: tolerated("trailers", "forbidden-trailer-field"),
  },
  {
    does: "sends a gzip bomb: 16 MiB of zeros in 16 KiB",
    peer: [REQUEST, { send: gzipBomb() }, STALL],
    verdict: { status: 200, end: "us open" },
  },
];
