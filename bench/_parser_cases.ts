/**
 * Responses to parse, each whole and cut into TCP segments.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** One response, cut into pieces. */
export interface ParserCase {
  readonly name: string;
  /** http-parser-js accepts only a `Buffer`. */
  readonly pieces: readonly Buffer[];
}

/** Payload of a TCP segment on Ethernet. */
const SEGMENT = 1460;

const FIELDS = [
  "Date: Sat, 21 Nov 2026 10:02:37 GMT",
  "Server: nginx/1.29.3",
  "Connection: keep-alive",
  "Cache-Control: public, max-age=300, stale-while-revalidate=60",
  "Vary: Accept-Encoding, Origin",
  'ETag: "5e3-64408bc8f3a40"',
  "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload",
  "X-Content-Type-Options: nosniff",
  "X-Frame-Options: SAMEORIGIN",
  "Referrer-Policy: strict-origin-when-cross-origin",
  "Last-Modified: Fri, 20 Nov 2026 23:59:01 GMT",
  "Accept-Ranges: bytes",
  "X-Request-Id: 7f9c24e8-3b12-4fef-91d0-4a56bd6a9e47",
  "Via: 1.1 varnish (Varnish/7.6)",
];

function fields(count: number): string {
  const more = (i: number) => `X-Field-${i}: value of field ${i}, some forty octets long`;
  return Array.from({ length: count }, (_, i) => (FIELDS[i] ?? more(i)) + "\r\n").join("");
}

function chunked(sizes: readonly number[]): string {
  return sizes.map((size) => `${size.toString(16)}\r\n${"x".repeat(size)}\r\n`).join("") + "0\r\n\r\n";
}

const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ["204, 2 fields", `HTTP/1.1 204 No Content\r\n${fields(2)}\r\n`],
  ["301, 8 fields", `HTTP/1.1 301 Moved Permanently\r\n${fields(7)}Content-Length: 0\r\n\r\n`],
  [
    "JSON, 16 fields, 2 KiB",
    `HTTP/1.1 200 OK\r\n${fields(14)}Content-Type: application/json\r\nContent-Length: 2048\r\n\r\n` +
    "{}".repeat(1024),
  ],
  [
    "page, 40 fields, 4 chunks",
    `HTTP/1.1 200 OK\r\n${fields(39)}Transfer-Encoding: chunked\r\n\r\n` + chunked([4096, 8192, 8192, 1500]),
  ],
  [
    "1,000 chunks of 16 octets",
    `HTTP/1.1 200 OK\r\n${fields(7)}Transfer-Encoding: chunked\r\n\r\n` + chunked(Array(1000).fill(16)),
  ],
];

const LARGE = `HTTP/1.1 200 OK\r\n${fields(7)}Content-Length: 1048576\r\n\r\n` + "x".repeat(1024 * 1024);

/** All cases. */
export const cases: readonly ParserCase[] = [
  ...TEXTS.flatMap(([name, text]) => [
    { name: `${name}, whole`, pieces: [Buffer.from(text, "latin1")] },
    { name: `${name}, in segments`, pieces: cut(Buffer.from(text, "latin1"), SEGMENT) },
  ]),
  { name: "1 MiB, in pieces of 64 KiB", pieces: cut(Buffer.from(LARGE, "latin1"), 65536) },
  { name: "1 MiB, in segments", pieces: cut(Buffer.from(LARGE, "latin1"), SEGMENT) },
];

function cut(bytes: Buffer, size: number): Buffer[] {
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
