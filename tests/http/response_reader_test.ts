import { assertEquals, assertThrows } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import type { ParsedResponse } from "../../lib/http/response.ts";
import { ResponseReader } from "../../lib/http/response_reader.ts";
import { testRows } from "../_test_rows.ts";
import { outcomeOf } from "./_outcome.ts";

const NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";
const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

function pureTest(name: string, fn: () => void): void {
  Deno.test({ name, permissions: "none", fn });
}

function readerOf(wire: string, requests = [{ method: "GET" }]): ResponseReader {
  const reader = new ResponseReader({ requests });
  reader.receive(encodeLatin1(wire));
  return reader;
}

pureTest("ResponseReader calls its listeners in the order of the stream", () => {
  const wire = "HTTP/1.1 103 E\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi" + NO_CONTENT;
  assertEquals(outcomeOf([encodeLatin1(wire)], { requests: ["GET", "GET"] }).events, [
    "interim 103 at 0",
    "head 200 at 18",
    "body of 18",
    "head 204 at 58",
  ]);
});

pureTest("ResponseReader gives a response to onHead before its body is read", () => {
  const states: unknown[] = [];
  const reader = new ResponseReader({ onHead: ({ body }) => states.push({ ...body }) });
  reader.receive(encodeLatin1("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
  const body = {
    framing: "content-length",
    bytes: 0,
    wireBytes: 0,
    complete: false,
    trailers: [],
    expected: 2,
  };
  assertEquals(states, [body]);
  assertEquals(reader.responses[0]?.body.complete, true);
});

pureTest("ResponseReader.expect() lets the next response in", () => {
  const reader = readerOf(NO_CONTENT);
  assertEquals([reader.state, reader.unanswered], ["idle", 0]);
  reader.expect({ method: "HEAD" });
  assertEquals([reader.state, reader.unanswered], ["head", 1]);
  reader.receive(encodeLatin1("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
  assertEquals([reader.state, reader.responses.length], ["idle", 2]);
  assertEquals(reader.responses[1]?.request, { method: "HEAD" });
});

pureTest("ResponseReader.expect() may come while a response is read", () => {
  const reader = readerOf("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh");
  reader.expect({ method: "GET" });
  reader.receive(encodeLatin1("i" + NO_CONTENT));
  assertEquals([reader.state, reader.responses.length], ["idle", 2]);
});

pureTest("ResponseReader.expect() leaves line ends before it to the last response", () => {
  const reader = readerOf(NO_CONTENT + "\r\n");
  assertEquals(reader.surplusBytes, 2);
  reader.expect({ method: "GET" });
  assertEquals(reader.surplusBytes, 0);
  reader.receive(encodeLatin1("HTTP/1.1 204 X\r\nConnection: close\r\n\r\nX"));
  assertEquals(reader.surplusBytes, 1);
  const found = reader.deviations.map(({ code, offset }) => [code, offset]);
  assertEquals(found, [["excess-crlf", 27], ["data-after-close", 66]]);
});

testRows<[name: string, wire: string, requests: number]>(
  "ResponseReader.dropEarlierResponses() does not affect later responses",
  [
    ["answers in a row", NO_CONTENT.repeat(3), 3],
    ["deviations", "\r\nHTTP/1.1 200 OK\nContent-Length: 1\n\nx".repeat(3), 3],
    ["chunks", (CHUNKED + "1\r\nx\r\n0\r\n\r\n").repeat(3), 3],
    ["interim responses", ("HTTP/1.1 103 Early\r\n\r\n" + NO_CONTENT).repeat(2), 2],
    ["surplus", NO_CONTENT.repeat(2) + "X", 2],
    ["line ends after the last answer", NO_CONTENT.repeat(2) + "\r\n", 2],
    ["an announced end", NO_CONTENT + "HTTP/1.1 204 X\r\nConnection: close\r\n\r\n" + NO_CONTENT, 3],
    ["a failure", NO_CONTENT + "nothing", 2],
    ["a cut", NO_CONTENT + CHUNKED + "5\r\nx", 2],
    ["a missing answer", NO_CONTENT, 2],
  ],
  ([, wire, count]) => {
    const read = (drops: boolean): unknown => {
      const requests = Array.from({ length: count }, () => ({ method: "GET" }));
      const seen: ParsedResponse[] = [];
      const reader = new ResponseReader({
        requests,
        onHead: (response) => {
          seen.push(response);
          if (drops) reader.dropEarlierResponses();
        },
      });
      for (const octet of encodeLatin1(wire)) reader.receive(Uint8Array.of(octet));
      assertEquals(reader.responses, drops ? seen.slice(-1) : seen);
      const { state, failure, surplusBytes, unanswered, offset, messageDeviations, reusable } = reader;
      reader.end();
      const after = [reader.failure, reader.messageDeviations];
      return { seen, state, failure, surplusBytes, unanswered, offset, messageDeviations, reusable, after };
    };
    assertEquals(read(true), read(false));
  },
  { permissions: "none" },
);

pureTest("ResponseReader.dropEarlierResponses() drops the deviations of the responses", () => {
  const reader = readerOf("HTTP/1.1 204 OK\n\n");
  reader.expect({ method: "GET" });
  reader.receive(encodeLatin1("HTTP/1.1 204 \r\n\r\n"));
  const [, last] = reader.responses;
  reader.dropEarlierResponses();
  assertEquals(reader.responses, [last]);
  assertEquals(reader.deviations, last!.deviations);
});

pureTest("ResponseReader keeps what came before the first request", () => {
  const reader = readerOf("\r\n", []);
  reader.expect({ method: "GET" });
  reader.receive(encodeLatin1(NO_CONTENT));
  const early = [["excess-crlf", 0, "Line ends before the first request"]];
  const lists = [reader.deviations, reader.messageDeviations, reader.responses[0]!.deviations];
  const told = lists.map((list) => list.map(({ code, offset, message }) => [code, offset, message]));
  assertEquals(told, [early, early, early]);
});

const unfit: readonly (readonly [name: string, make: () => ResponseReader, cause: string])[] = [
  ["surplus octets", () => readerOf(NO_CONTENT + "X"), "1 octet came after the last response"],
  [
    "octets before the first request",
    () => readerOf("220 hi\r\n", []),
    "8 octets came before the first request",
  ],
  ["Connection: close", () => readerOf("HTTP/1.1 204 X\r\nConnection: close\r\n\r\n"), "ends the use"],
  ["HTTP/1.0", () => readerOf("HTTP/1.0 204 X\r\n\r\n"), "ends the use"],
  ["a body until the end", () => readerOf("HTTP/1.1 200 OK\r\n\r\nx"), "ends the use"],
  ["101", () => readerOf("HTTP/1.1 101 X\r\n\r\n"), "has left HTTP"],
  ["CONNECT", () => readerOf("HTTP/1.1 200 X\r\n\r\n", [{ method: "CONNECT" }]), "has left HTTP"],
  ["a failure", () => readerOf("nothing"), "the stream is over"],
  ["the end", () => {
    const reader = readerOf(NO_CONTENT);
    reader.end();
    return reader;
  }, "the stream is over"],
];

for (const [name, make, cause] of unfit) {
  pureTest(`ResponseReader.expect() refuses after ${name}`, () => {
    const reader = make();
    assertThrows(() => reader.expect({ method: "GET" }), TypeError, cause);
  });
}

pureTest("ResponseReader passes over what comes after a failure, and counts it", () => {
  const reader = readerOf("nothing");
  const { failure } = reader;
  reader.receive(encodeLatin1(NO_CONTENT));
  reader.end();
  assertEquals([reader.failure, reader.responses, reader.offset], [failure, [], 7 + NO_CONTENT.length]);
});

pureTest("ResponseReader.end() twice changes nothing", () => {
  const reader = readerOf("HTTP/1.1 200 OK\r\n\r\nx");
  reader.end();
  reader.end("tls-truncated");
  assertEquals([reader.state, reader.responses[0]?.body.complete], ["ended", true]);
});

pureTest("ResponseReader makes the cut of TLS fatal for a body that only the end completes", () => {
  const reader = readerOf("HTTP/1.1 200 OK\r\n\r\nx");
  reader.end("tls-truncated");
  const { code, class: deviationClass } = reader.deviations.at(-1)!;
  assertEquals([code, deviationClass], ["tls-truncated", "fatal"]);
});
