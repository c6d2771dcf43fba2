import { assert, assertEquals, assertLess } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { ResponseReader, type ResponseReaderOptions } from "../../lib/http/response_reader.ts";
import { assertProportional, spentBy } from "../_spent_time.ts";
import { testRows } from "../_test_rows.ts";

const MIB = 1024 * 1024;
const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

function pureTest(name: string, fn: () => void): void {
  Deno.test({ name, permissions: "none", fn });
}

/** Measures reading a head with one value of a given length octet by octet, in milliseconds. */
function timeOctets(count: number): number {
  const reader = new ResponseReader({ limits: { maxHead: 2 * MIB } });
  reader.receive(encodeLatin1("HTTP/1.1 204 OK\r\nA: "));
  const octet = encodeLatin1("a");
  const spent = spentBy(() => {
    for (let i = 0; i < count; i++) reader.receive(octet);
    reader.receive(encodeLatin1("\r\n\r\n"));
  });
  assertEquals(reader.state, "idle");
  assertEquals(reader.responses[0]?.headers[0]?.[1].length, count);
  return spent;
}

pureTest("ResponseReader reads a field of 1 MiB octet by octet in linear time", () => {
  assertProportional(timeOctets, MIB / 8, MIB);
});

/** Measures reading a number of blanks before a status-line octet by octet, in milliseconds. */
function timeBlanks(count: number): number {
  const reader = new ResponseReader({ limits: { maxHead: 2 * MIB } });
  const blank = encodeLatin1(" ");
  const spent = spentBy(() => {
    for (let i = 0; i < count; i++) reader.receive(blank);
  });
  assertEquals(reader.state, "head");
  return spent;
}

pureTest("ResponseReader reads blanks before a status-line octet by octet in linear time", () => {
  assertProportional(timeBlanks, MIB / 8, MIB);
});

/** Receives the text again and again until reading stops, up to a number of times. */
function repeat(first: string, text: string, options: ResponseReaderOptions = {}): ResponseReader {
  const reader = new ResponseReader(options);
  reader.receive(encodeLatin1(first));
  const bytes = encodeLatin1(text);
  for (let i = 0; i < 100_000 && reader.state !== "failed"; i++) reader.receive(bytes);
  return reader;
}

const endless:
  readonly (readonly [name: string, first: string, text: string, options?: ResponseReaderOptions])[] = [
    ["field lines", "HTTP/1.1 200 OK\r\n", "A: b\r\n"],
    ["field lines, however large the head may be", "HTTP/1.1 200 OK\r\n", "A: b\r\n", {
      limits: { maxHead: MIB },
    }],
    ["folds", "HTTP/1.1 200 OK\r\nA: b\r\n", " c\r\n"],
    ["empty lines before a status-line", "", "\r\n"],
    ["interim responses", "", "HTTP/1.1 100 Continue\r\n\r\n"],
    ["large interim responses", "", `HTTP/1.1 103 Early\r\nA: ${"b".repeat(60_000)}\r\n\r\n`],
    ["zeros of a chunk size", CHUNKED, "0"],
    ["a chunk extension", CHUNKED + "1;a=", "b"],
    ["blanks after a chunk size", CHUNKED + "1", " "],
    ["one-octet chunks with extensions", CHUNKED, `1;${"a".repeat(60)}\r\nx\r\n`],
    ["trailer fields", CHUNKED + "0\r\n", "A: b\r\n"],
    ["a status-line", "HTTP/1.1 200 ", "x"],
  ];

for (const [name, first, text, options] of endless) {
  pureTest(`ResponseReader gives up on endless ${name} with a limit`, () => {
    const reader = repeat(first, text, options);
    assertEquals(reader.failure?.kind, "limit");
    assertLess(reader.deviations.length, 200);
  });
}

pureTest("ResponseReader ends 100,000 field lines in one piece with a limit", () => {
  const reader = new ResponseReader({ limits: { maxHead: 4 * MIB } });
  reader.receive(encodeLatin1("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(100_000) + "\r\n"));
  assertEquals(reader.failure?.kind, "limit");
  assertEquals(reader.partialHead.headers?.length, 1000);
});

pureTest("ResponseReader ends endless hex digits with chunk-size-overflow", () => {
  assertEquals(repeat(CHUNKED, "f").failure?.code, "chunk-size-overflow");
});

pureTest("ResponseReader reads 100,000 one-octet chunks without extensions", () => {
  const reader = repeat(CHUNKED, "1\r\nx\r\n");
  assertEquals(reader.state, "body");
  assertEquals(reader.responses[0]?.body.chunks, 100_000);
});

pureTest("ResponseReader counts deviations of one code beyond sixteen in the last that is kept", () => {
  const { deviations } = repeat(CHUNKED, "9;a=b\r\n123456789\r\n");
  assertEquals(deviations.length, 16);
  assertEquals(deviations.at(-1)?.count, 100_000 - 15);
  assert(deviations.slice(0, -1).every(({ count }) => count === undefined));
});

testRows<[chunk: string, chunks: number, calls: number]>(
  "ResponseReader passes on the content of many small chunks in few calls",
  [
    ["A", 40_000, 1],
    ["A", 200_000, 4],
    ["A", 1, 1],
    ["A".repeat(4096), 10, 10],
  ],
  ([chunk, chunks, most]) => {
    let calls = 0;
    let octets = 0;
    const reader = new ResponseReader({
      onBody: (data) => {
        calls++;
        octets += data.length;
      },
    });
    const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const line = `${chunk.length.toString(16)}\r\n${chunk}\r\n`;
    reader.receive(encodeLatin1(`${head}${line.repeat(chunks)}0\r\n\r\n`));
    assertEquals(octets, chunk.length * chunks);
    assert(calls <= most, `${calls} calls for ${chunks} chunks of ${chunk.length}`);
  },
);
