/**
 * Properties of requests: the written octets are one message, which reads back as intended.
 *
 * @module
 */

import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "../fast_check.ts";
import { DEFAULT_LIMITS } from "../../lib/http/limits.ts";
import { decodeLatin1, encodeLatin1 } from "../../lib/http/octets.ts";
import { parseRequests } from "../../lib/http/parse_request.ts";
import { serializeRequest } from "../../lib/http/request.ts";
import { composeRequest } from "../../lib/probe/compose_request.ts";
import { formatAuthority, parseTarget, settleTarget } from "../../lib/target/target.ts";
import { defineProperty, type Property } from "./_property.ts";
import { mutations } from "./_wire.ts";

/** Mostly harmless text, with characters that could turn it into another message. */
const text: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(..."\r\n\0 \t:A/\x7f\x80\xff\u0100\u010a\u010d\u560a\ud800") },
    { weight: 6, arbitrary: fc.constantFrom(..."GETabc/-") },
  ),
  maxLength: 6,
});
const fields = fc.array(
  fc.tuple(fc.oneof(text, fc.constantFrom("Host", "accept", "User-Agent", "X")), text),
  { maxLength: 4 },
);

/** Writes the octets; `undefined` if the parts were rightly refused. */
function written(write: () => Uint8Array): string | undefined {
  try {
    return decodeLatin1(write());
  } catch (error) {
    assert(error instanceof TypeError || error instanceof RangeError, String(error));
    return undefined;
  }
}

/** Asserts one head of CRLF lines without anything that another reader could take for a line end. */
function assertOneHead(head: string): void {
  assertEquals(head.replaceAll("\r\n", "").search(/[\r\n\0]/), -1);
  assertEquals(head.indexOf("\r\n\r\n"), head.length - 4);
}

const REQUESTS = [
  "GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n",
  "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc",
  "PUT /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n0\r\nA: b\r\n\r\n",
  "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
  "\r\nCONNECT h:1 HTTP/1.1\nHost:h\n\n",
];
const faultyRequests = mutations(
  fc.array(fc.constantFrom(...REQUESTS), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("")),
);

/** In the order of `--help`. */
export const requestProperties: readonly Property[] = [
  defineProperty({
    name: "request-serialise",
    claim: "serializeRequest() throws, or writes one request line and the given fields and nothing else",
    input: fc.record({ method: text, target: text, headers: fields }),
    runs: 2000,
    check({ method, target, headers }) {
      const wire = written(() => serializeRequest({ method, target, headers }));
      if (wire === undefined) return false;
      assertOneHead(wire);
      const expected = headers.map(([name, value]) => value === "" ? `${name}:` : `${name}: ${value}`);
      assertEquals(wire.split("\r\n"), [`${method} ${target} HTTP/1.1`, ...expected, "", ""]);
      return true;
    },
  }),
  defineProperty({
    name: "request-compose",
    claim: "composeRequest() throws, or writes one request that parseRequests() reads back as intended",
    input: fc.record({
      url: fc.constantFrom("http://h/", "https://u:p@[::1]:81/a?b", "http://h:80/x%20y"),
      method: fc.oneof(fc.constantFrom("GET", "POST"), text),
      version: fc.constantFrom("1.0", "1.1"),
      headers: fields,
      removed: fc.constantFrom<string[]>([], ["Host"], ["Accept", "x"]),
      userAgent: fc.oneof(fc.constant("a/1"), text),
      requestTarget: fc.oneof(fc.constant("/"), text),
      user: text,
      body: fc.option(text, { nil: null }),
    }),
    runs: 2000,
    check({ url, method, version, headers, removed, userAgent, requestTarget, user, body }) {
      const target = settleTarget(parseTarget(url), "http");
      const changes = [
        ...headers,
        ...removed.map((name) => [name, null] as const),
      ];
      const options = { method, version, headers: changes, userAgent, requestTarget };
      const credentials = { user, password: "p" };
      const wire = written(() =>
        composeRequest(target, { ...options, credentials, ...(body !== null && { body }) }).bytes
      );
      if (wire === undefined) return false;
      const content = decodeLatin1(new TextEncoder().encode(body ?? ""));
      assertOneHead(wire.slice(0, wire.length - content.length));
      assertEquals(wire.slice(wire.length - content.length), content);
      const { requests, failure } = parseRequests(encodeLatin1(wire));
      assertEquals([requests.length, failure], [1, undefined]);
      const [read] = requests;
      assertEquals([read?.method, read?.target, read?.version], [method, requestTarget, version]);
      assertEquals(read?.body.bytes, content.length);
      const own = ["host", "user-agent", "accept", "authorization", "content-length"];
      const given = headers.map(([name, value]) => [name, value.replace(/^[ \t]+|[ \t]+$/g, "")]);
      const isOwn = ([name]: readonly string[]): boolean => own.includes(name!.toLowerCase());
      assertEquals(read?.headers.filter((field) => !isOwn(field)), given.filter((field) => !isOwn(field)));
      const hosts = given.filter(([name]) => name!.toLowerCase() === "host").map(([, value]) => value);
      const host = removed.includes("Host") && hosts.length === 0 ? [] : [formatAuthority(target)];
      const sent = read!.headers.filter(([name]) => name.toLowerCase() === "host").map(([, value]) => value);
      assertEquals(sent, hosts.length > 0 ? hosts : host);
      return true;
    },
  }),
  defineProperty({
    name: "request-anything",
    claim: "parseRequests() reads anything, names no place outside of it and keeps to its limits",
    input: fc.record({
      wire: faultyRequests,
      limits: fc.constantFrom({}, { maxHead: 40 }, { maxFields: 1 }),
    }),
    runs: 2000,
    check({ wire, limits }) {
      const { requests, deviations, failure } = parseRequests(encodeLatin1(wire), { limits });
      const { maxHead, maxFields } = { ...DEFAULT_LIMITS, ...limits };
      for (const offset of [...deviations.map((one) => one.offset), failure?.offset ?? 0]) {
        assert(Number.isSafeInteger(offset) && offset >= 0 && offset <= wire.length, String(offset));
      }
      let end = 0;
      for (const { offset, headBytes, headers, body } of requests) {
        assertLessOrEqual(end, offset);
        end = offset + headBytes + body.wireBytes;
        assertLessOrEqual(headBytes, maxHead);
        assertLessOrEqual(Math.max(headers.length, body.trailers.length), maxFields);
        assertLessOrEqual(body.bytes, body.wireBytes);
      }
      assertLessOrEqual(end, wire.length);
      if (failure === undefined) assert(requests.every(({ body }) => body.complete));
    },
  }),
  defineProperty({
    name: "request-prefix",
    claim: "parseRequests() finds in a prefix what it finds at the same place in the whole",
    input: fc.record({ wire: faultyRequests, place: fc.nat() }),
    runs: 2000,
    check({ wire, place }) {
      const complete = (text: string) =>
        parseRequests(encodeLatin1(text)).requests.filter(({ body }) => body.complete);
      const early = complete(wire.slice(0, place % (wire.length + 1)));
      assertEquals(early, complete(wire).slice(0, early.length));
    },
  }),
];
