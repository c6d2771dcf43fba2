import { assertEquals } from "@std/assert";
import fc from "../fast_check.ts";
import type { Deviation } from "../../lib/http/deviation.ts";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { parseCapture } from "../../lib/http/parse_capture.ts";
import { parseRequests } from "../../lib/http/parse_request.ts";
import { SEED } from "./_arbitraries.ts";
import { misplacement } from "./_deviation_place.ts";
import { outcomeOf } from "./_outcome.ts";
import { chunkedVectors } from "./vectors/chunked.ts";
import { endVectors } from "./vectors/end_of_stream.ts";
import { fieldLineVectors } from "./vectors/field_lines.ts";
import { framingVectors } from "./vectors/framing.ts";
import { foreignVectors, statusLineVectors } from "./vectors/status_line.ts";
import { limitVectors, streamVectors } from "./vectors/streams.ts";
import { stepRows } from "../_test_rows.ts";

const VECTORS = [
  statusLineVectors,
  foreignVectors,
  fieldLineVectors,
  framingVectors,
  chunkedVectors,
  endVectors,
  streamVectors,
  limitVectors,
].flat();

/** Asserts that every place is right, and that the list follows the order of the octets. */
function checkPlaces(wire: string, deviations: readonly Deviation[]): void {
  const wrong = deviations.flatMap((deviation) => {
    const what = misplacement(wire, deviation);
    return what ? [`${deviation.code}: ${what}`] : [];
  });
  const context = JSON.stringify(wire.slice(0, 400));
  assertEquals(wrong, [], context);
  const offsets = deviations.map(({ offset }) => offset);
  assertEquals(offsets, offsets.toSorted((a, b) => a - b), context);
}

const long = "v".repeat(150);
const VALUES = [
  "5",
  "x",
  "5, 5",
  "5, 6",
  ",5",
  "5 ,\t6",
  "chunked",
  "gzip",
  "chunked, gzip",
  "gzip , chunked,",
  ", ,",
  "",
]
  .concat([
    'a;b="c, d", chunked, chunked',
    "99999999999999999999",
    "9\0",
    `${long}\x01${long}`,
    `${long}\xe9`,
    "a\r\n b",
  ])
  .concat([
    "5,\r\n\t6",
    "\r\n gzip,\r\n chunked",
    "chunked,\r\n chunked",
    "h",
    "h, g",
    "close",
    "a\rb",
    `${long},x`,
  ]);
const SEPARATORS = [": ", ":", ":\t", " : ", ":  \t"];
const NAMES = [
  "Content-Length",
  "content-length",
  "Transfer-Encoding",
  "Host",
  "A",
  "A\0",
  "A b",
  long,
  "",
  "\xe9",
];
const ENDS = ["\r\n", "\r\n", "\r\n", "\n", "\r\r\n", "\r"];
const BODIES = [
  "",
  "hello",
  "5\r\nhello\r\n0\r\n\r\n",
  "5;a = b\r\nhello\r\n0\r\nA: \xe9\r\nHost : x\r\n\r\n",
].concat([
  `5 ;${long}="${long}"; x\r\nhello\n`,
  "5\r\nhellox\r\n0\r\n\r\n",
  "5\rxhello\r\n",
  "5\r\nhello\rx",
  "fffffffffffffffff\r\n",
  "0 \r\nB\r\n\r\n",
  "\r\n\r\n",
  "more",
]);
const STATUS_LINES = [
  "HTTP/1.1 200 OK",
  "HTTP/1.0 200 OK",
  "HTTP/1.1 204 X",
  "HTTP/1.1 304 X",
  "HTTP/1.1 101 X",
].concat(
  [
    " \tHTTP/1.1  200\tOK ",
    "HTTP/2.0 999",
    "HTTP/1.1 100 \v",
    "HTTP/1.1 200 \x01",
    `HTTP/1.1 200 ${long}\xe9 `,
  ],
  [
    "\rHTTP/1.1 200 OK",
    "HT\rTP",
    "HTTP/x 200 OK",
    "  SSH-2.0",
    `HTTP/1.1 200 ${long}\x02`,
    `${" ".repeat(90)}HTTP/3`,
  ],
);
const REQUEST_LINES = ["GET / HTTP/1.1", "POST /a HTTP/1.1", "CONNECT h:1 HTTP/1.1", "OPTIONS * HTTP/1.0"]
  .concat(
    [
      " GET\t/  HTTP/1.1 ",
      "G(T / HTTP/1.1",
      "GET /\xe9 HTTP/1.1",
      `GET /${long}|x HTTP/1.1`,
      "GET /%zz HTTP/1.1",
    ],
    [
      "GET h HTTP/1.1",
      "GET /",
      "GET / x HTTP/1.1",
      "GET / HTTP/x",
      "GET http://h/ HTTP/1.1",
      "\x16\x03\x01\0\0",
      "GET /\0 HTTP/1.1",
    ],
    [
      "GET / HTTP/1.7",
      "\rGET / HTTP/1.1",
      "GET /\r HTTP/1.1",
      "PRI * HTTP/2.0",
      "HTTP/1.1 200 OK",
      "\f GET http:/// HTTP/1.1",
    ],
  );

/** A message whose parts mostly break a rule. */
function messageOf(startLines: readonly string[]): fc.Arbitrary<string> {
  const pick = (parts: readonly string[]) => fc.constantFrom(...parts);
  const line = fc.tuple(pick(NAMES), pick(SEPARATORS), pick(VALUES), pick(ENDS)).map((parts) =>
    parts.join("")
  );
  // Most lines are valid, because otherwise few messages would reach their body.
  const field = fc.oneof(
    { weight: 3, arbitrary: line },
    {
      weight: 3,
      arbitrary: pick([
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Host: h\r\n",
        " fold\r\n",
      ]),
    },
  );
  return fc.tuple(
    pick(["", "", "\r\n", "\n"]),
    fc.oneof(pick(startLines.slice(0, 4)), pick(startLines)),
    pick(["\r\n", "\r\n", "\n"]),
    fc.array(field, { maxLength: 4 }),
    pick(["\r\n", "\r\n", "\n", ""]),
    pick(BODIES),
  ).map((parts) => parts.flat().join(""));
}

Deno.test({
  name: "deviations in the tables have the offset of the octets that they show",
  permissions: "none",
  async fn(test) {
    await stepRows(test, VECTORS, ({ wire, requests, end = "fin", limits = {} }) => {
      const { deviations, responses } = outcomeOf([encodeLatin1(wire)], {
        ...requests && { requests },
        end,
        limits,
      });
      checkPlaces(wire, deviations);
      for (const response of responses) checkPlaces(wire, response.deviations);
    });
  },
});

Deno.test({
  name: "deviations of random responses have the offset of the octets that they show, in order",
  permissions: "none",
  fn() {
    const response = fc.array(messageOf(STATUS_LINES), { minLength: 1, maxLength: 2 }).map((parts) =>
      parts.join("")
    );
    const property = fc.property(response, fc.constantFrom("GET", "HEAD", "CONNECT"), (wire, method) => {
      const { deviations, responses } = parseCapture(encodeLatin1(wire), [method]);
      checkPlaces(wire, deviations);
      for (const each of responses) checkPlaces(wire, each.deviations);
    });
    fc.assert(property, { seed: SEED, numRuns: 5000 });
  },
});

Deno.test({
  name: "deviations of random requests have the offset of the octets that they show, in order",
  permissions: "none",
  fn() {
    const request = fc.array(messageOf(REQUEST_LINES), { minLength: 1, maxLength: 2 }).map((parts) =>
      parts.join("")
    );
    const property = fc.property(request, (wire) => {
      const { deviations, requests } = parseRequests(encodeLatin1(wire));
      checkPlaces(wire, deviations);
      for (const each of requests) checkPlaces(wire, each.deviations);
    });
    fc.assert(property, { seed: SEED, numRuns: 5000 });
  },
});
