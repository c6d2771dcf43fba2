/**
 * Properties of time: reading repeated octets takes linear time.
 *
 * @module
 */

import { assertLess } from "@std/assert";
import fc from "../fast_check.ts";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { parseRequests } from "../../lib/http/parse_request.ts";
import { ResponseReader } from "../../lib/http/response_reader.ts";
import { spentBy } from "../_spent_time.ts";
import { defineProperty, type Property } from "./_property.ts";

const FEW = 4096;
const MANY = 16 * FEW;

/** Limits that never stop the reader, so that it reads all octets. */
const limits = {
  maxHead: 1e9,
  maxFields: 1e9,
  maxInterim: 1e9,
  maxChunkLine: 1e9,
  maxFramingRatio: 1e9,
};

const HEAD = "HTTP/1.1 200 OK\r\n";
const repeated = fc.record({
  first: fc.constantFrom(
    "",
    HEAD,
    `${HEAD}A: `,
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n`,
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n1;a="`,
    `${HEAD}Transfer-Encoding: chunked\r\n\r\n0\r\n`,
    `${HEAD}Content-Length: 9\r\n\r\n`,
  ),
  unit: fc.oneof(
    fc.string({ unit: fc.constantFrom(...'a1 \t\r\n:;="\\,\x80'), minLength: 1, maxLength: 6 }),
    fc.constantFrom("A: b\r\n", " c\r\n", `${HEAD}\r\n`, "1\r\nx\r\n", "1;a=b\r\nx\r\n", ";a=b", '\\"', "0"),
  ),
  last: fc.constantFrom("", "\r\n", "!\r\n", "\r\n\r\n", '"\r\n'),
  size: fc.constantFrom(1, 7, 1460, 1e6),
});

/** Makes octets with a beginning, a repeated part and an end. */
function octetsOf(first: string, unit: string, last: string, length: number): Uint8Array {
  return encodeLatin1(first + unit.repeat(Math.ceil(length / unit.length)) + last);
}

/** Measures three times and gives the least, in milliseconds. */
function timeOf(run: () => void): number {
  let least = Infinity;
  for (let turn = 0; turn < 3; turn++) least = Math.min(least, spentBy(run));
  return least;
}

/** Linear is 16 times as long, quadratic 256 times; the rest is a margin for other load on the machine. */
function assertLinear(few: () => void, many: () => void): void {
  const allowed = timeOf(few) * 64 + 100;
  for (let turn = 0; turn < 3; turn++) if (timeOf(many) < allowed) return;
  assertLess(timeOf(many), allowed, "ms");
}

/** In the order of `--help`. */
export const timeProperties: readonly Property[] = [
  defineProperty({
    name: "response-time",
    claim: "ResponseReader takes linear time, whatever octets are repeated",
    input: repeated,
    runs: 25,
    check({ first, unit, last, size }) {
      const read = (length: number) => {
        const bytes = octetsOf(first, unit, last, length);
        return () => {
          const reader = new ResponseReader({ limits });
          for (let at = 0; at < bytes.length; at += size) reader.receive(bytes.subarray(at, at + size));
          reader.end();
        };
      };
      assertLinear(read(FEW), read(MANY));
    },
  }),
  defineProperty({
    name: "request-time",
    claim: "parseRequests() takes linear time, whatever octets are repeated",
    input: fc.record({
      first: fc.constantFrom(
        "",
        "GET ",
        "GET / HTTP/1.1\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
      ),
      unit: fc.oneof(
        fc.string({ unit: fc.constantFrom(...'a1 \t\r\n:;="\\,\x80'), minLength: 1, maxLength: 6 }),
        fc.constantFrom("A: b\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\n\n", "1\r\nx\r\n"),
      ),
      last: fc.constantFrom("", "\r\n", "!\r\n", "\r\n\r\n"),
    }),
    runs: 25,
    check({ first, unit, last }) {
      const read = (length: number) => {
        const bytes = octetsOf(first, unit, last, length);
        return () => void parseRequests(bytes, { limits });
      };
      assertLinear(read(FEW), read(MANY));
    },
  }),
];
