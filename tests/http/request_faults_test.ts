import { assertEquals, assertStringIncludes } from "@std/assert";
import type { DeviationClass, DeviationCode } from "../../lib/http/deviation.ts";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { parseRequests } from "../../lib/http/parse_request.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const HOST = "Host: a\r\n";
const END = `${HOST}\r\n`;

/** `│` marks the expected offset, and is not part of the wire. */
type Row = readonly [wire: string, code: DeviationCode, failure?: "syntax" | "truncated"];

const REQUEST_LINES: readonly Row[] = [
  ...[
    "\xe9",
    "|",
    "<",
    ">",
    '"',
    "\\",
    "^",
    "`",
    "{",
    "}",
    "#f",
    "[",
    "]",
    "\x01",
    "\x7f",
    "%",
    "%4",
    "%zz",
    "%%20",
  ]
    .map((octets): Row => [`GET /a│${octets} HTTP/1.1\r\n${END}`, "request-target-invalid"]),
  [`GET /?a=1│|2 HTTP/1.1\r\n${END}`, "request-target-invalid"],
  [`GET /?a│[]=1 HTTP/1.1\r\n${END}`, "request-target-invalid"],
  [`GET │a HTTP/1.1\r\n${END}`, "request-target-invalid"],
  [`GET │* HTTP/1.1\r\n${END}`, "request-target-invalid"],
  [`GET │?x HTTP/1.0\r\n\r\n`, "request-target-invalid"],
  [`GET │http:///a HTTP/1.0\r\n\r\n`, "request-target-invalid"],
  [`GET │http:a HTTP/1.0\r\n\r\n`, "request-target-invalid"],
  [`CONNECT │/ HTTP/1.1\r\n${END}`, "request-target-invalid"],
  [`CONNECT │a HTTP/1.1\r\n${END}`, "request-target-invalid"],
  [`CONNECT │:1 HTTP/1.1\r\n${END}`, "request-target-invalid"],
  [`GET /a│\0 HTTP/1.1\r\n${END}`, "request-line-malformed", "syntax"],
  [`G│(T / HTTP/1.1\r\n${END}`, "request-line-malformed", "syntax"],
  [`GET │HTTP/1.1\r\n${END}`, "request-line-malformed", "syntax"],
  [`GET │/\r\n${END}`, "request-line-malformed", "syntax"],
  [`│GET\r\n${END}`, "request-line-malformed", "syntax"],
  [`│ \r\n${END}`, "request-line-malformed", "syntax"],
  [`GET / │x HTTP/1.1\r\n${END}`, "request-line-malformed", "syntax"],
  ...["HTTP/1", "HTTP/1.10", "http/1.1", "HTTP/1.x", "HTTP", "x"].map((version): Row => [
    `GET / │${version}\r\n${END}`,
    "malformed-version",
    "syntax",
  ]),
  [`GET / │HTTP/2.0\r\n${END}`, "unsupported-version"],
  [`│ GET / HTTP/1.1\r\n${END}`, "request-line-whitespace"],
  [`│\t\v\fGET / HTTP/1.1\r\n${END}`, "request-line-whitespace"],
  [`GET│  / HTTP/1.1\r\n${END}`, "request-line-whitespace"],
  [`GET /│\tHTTP/1.1\r\n${END}`, "request-line-whitespace"],
  [`GET / HTTP/1.1│ \r\n${END}`, "request-line-whitespace"],
  [`GET / HTTP/1.1│\n${END}`, "bare-lf"],
  [`│\rGET / HTTP/1.1\r\n${END}`, "bare-cr", "syntax"],
  [`GET /│\r HTTP/1.1\r\n${END}`, "bare-cr", "syntax"],
  [`GET / HTTP/1.1│\r\r\n${END}`, "bare-cr", "syntax"],
  [`GET / HTTP/1.1│\r${HOST}`, "bare-cr", "syntax"],
  ["│\x16\x03\x01\x02\0\x01\0\x01", "not-http", "syntax"],
  ["│\x16\x03\x01", "not-http", "syntax"],
  ["│SSH-2.0-OpenSSH_9.9\r\n", "not-http", "syntax"],
  ["│PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "not-http", "syntax"],
  ["│HTTP/1.1 200 OK\r\n\r\n", "not-http", "syntax"],
  ["│\x05\x01\0", "not-http", "syntax"],
];

const HEADS: readonly Row[] = [
  ["│GET / HTTP/1.1\r\n\r\n", "request-host"],
  ["\r\n│GET / HTTP/1.1\r\n\r\n", "request-host"],
  [`GET / HTTP/1.1\r\n${HOST}A: b\r\n│host: a\r\n\r\n`, "request-host"],
  ...["a b", "a/b", "u@a", "a, b", "[::1", "a:b", "a:1:2", "\xe9"].map((host): Row => [
    `GET / HTTP/1.1\r\nA: b\r\n│Host: ${host}\r\n\r\n`,
    "request-host",
  ]),
  ["GET http://b/ HTTP/1.1\r\n│Host: a\r\n\r\n", "request-host"],
  [`GET / HTTP/1.1\r\n${HOST}A: b\r\n│ c\r\n\r\n`, "obs-fold"],
  [`GET / HTTP/1.1\r\n│ c: d\r\n${END}`, "whitespace-before-first-header", "syntax"],
  [`GET / HTTP/1.1\r\n${HOST}A│ : b\r\n\r\n`, "ows-before-colon"],
  [`GET / HTTP/1.1\r\n${HOST}A: b│\0\r\n\r\n`, "nul-in-value", "syntax"],
  [`GET / HTTP/1.1\r\n${HOST}│: b\r\n\r\n`, "empty-field-name", "syntax"],
  [`GET / HTTP/1.1\r\n${HOST}A: b│\x01\r\n\r\n`, "ctl-in-value"],
  [`GET / HTTP/1.1\r\n${HOST}A: b│\r\r\n\r\n`, "bare-cr", "syntax"],
  [`GET / HTTP/1.1\r\n${HOST}A: b│\n\r\n`, "bare-lf"],
  [`GET / HTTP/1.1\r\n${HOST}│\n`, "bare-lf"],
];

const FRAMING: readonly Row[] = [
  ...["gzip", "identity", "chunked;x", "xchunked", ""].map((coding): Row => [
    `PUT / HTTP/1.1\r\n${HOST}│Transfer-Encoding: ${coding}\r\n\r\nabc`,
    "te-not-chunked-final",
    "syntax",
  ]),
  [
    `PUT / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked, │gzip\r\n\r\nabc`,
    "te-not-chunked-final",
    "syntax",
  ],
  [
    `PUT / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n│Transfer-Encoding: gzip\r\n\r\nabc`,
    "te-not-chunked-final",
    "syntax",
  ],
  [
    `PUT / HTTP/1.1\r\n${HOST}Content-Length: 5\r\n│Content-Length: abc\r\n\r\n`,
    "invalid-content-length",
    "syntax",
  ],
  [`PUT / HTTP/1.1\r\n${HOST}Content-Length: 5, │6\r\n\r\n`, "conflicting-content-length", "syntax"],
  [
    `PUT / HTTP/1.1\r\n${HOST}│Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`,
    "te-and-cl",
  ],
  [`PUT / HTTP/1.0\r\n│Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, "te-in-http10"],
  [`PUT / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n1│\na\r\n`, "bare-lf-in-chunk", "syntax"],
];

for (const [name, rows] of Object.entries({ REQUEST_LINES, HEADS, FRAMING })) {
  Deno.test({
    name: `parseRequests() names each fault in the table ${name}, and its place`,
    permissions: "none",
    fn() {
      for (const [row, code, kind] of rows) {
        const wire = row.replace("│", "");
        const { deviations, failure } = parseRequests(encodeLatin1(wire));
        const found = deviations.find((deviation) => deviation.code === code);
        assertEquals([found?.offset, failure?.kind], [row.indexOf("│"), kind], JSON.stringify(row));
        if (kind) {
          assertEquals([found?.class, failure?.code, failure?.offset], ["fatal", code, found?.offset]);
        }
      }
    },
  });
}

Deno.test({
  name: "parseRequests() reports no deviation of a valid request-line and Host",
  permissions: "none",
  async fn(test) {
    await stepRows(
      test,
      [
        ["GET / HTTP/1.1"],
        ["GET /%7Ea/b;c=1,2/@:!$&'()*+=-._~?x=%20/?y HTTP/1.1"],
        ["GET //a HTTP/1.1"],
        ["GET http://a/b?c HTTP/1.1"],
        ["GET http://A:8080 HTTP/1.1", "a:8080"],
        ["GET http://[::1]:80/ HTTP/1.1", "[::1]:80"],
        ["GET http://u:p@a/ HTTP/1.1"],
        ["GET urn:a:b HTTP/1.1"],
        ["CONNECT a:443 HTTP/1.1", "a:443"],
        ["CONNECT [::1]:443 HTTP/1.1", "[::1]:443"],
        ["OPTIONS * HTTP/1.1", ""],
        ["OPTIONS /a HTTP/1.1"],
        ["M-SEARCH /a HTTP/1.1", "239.255.255.250:1900"],
        ["GET / HTTP/1.0"],
      ] as const,
      ([line, host = "a"]) => {
        const { deviations, failure } = parseRequests(encodeLatin1(`${line}\r\nHost: ${host}\r\n\r\n`));
        assertEquals([deviations, failure], [[], undefined], line);
      },
    );
  },
});

Deno.test({
  name: "parseRequests() assumes another protocol if no request follows CONNECT or Upgrade",
  permissions: "none",
  async fn(test) {
    const connect = "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n";
    const upgrade = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";
    const plain = `GET / HTTP/1.1\r\n${END}`;
    const rows: [wire: string, requests: number, switchedAt: number | undefined, code?: DeviationCode][] = [
      [`${connect}\x16\x03\x01\x02\0`, 1, connect.length],
      [`${connect}SSH-2.0-x\r\n`, 1, connect.length],
      [`${connect}EHLO a\r\n`, 1, connect.length],
      [`${upgrade}\x81\x05hello`, 1, upgrade.length],
      [`${connect}${plain}`, 2, undefined],
      [`${connect}${plain}\x16\x03\x01\x02\0`, 2, undefined, "not-http"],
      [`${plain}\x16\x03\x01\x02\0`, 1, undefined, "not-http"],
      [connect, 1, undefined],
    ];
    await stepRows(test, rows, ([wire, count, switchedAt, code]) => {
      const parsed = parseRequests(encodeLatin1(wire));
      const { requests, failure, deviations } = parsed;
      assertEquals([requests.length, parsed.switchedAt, failure?.code], [count, switchedAt, code], wire);
      assertEquals(deviations.map((it) => it.code), code ? [code] : [], wire);
    });
  },
});

Deno.test({
  name: "parseRequests() lists deviations in the order of the octets, for each request and for all",
  permissions: "none",
  fn() {
    const one =
      "\nPUT /|  HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\nA: \xe9\n\r\n" +
      "1;a\r\nx\r\n0\r\nHost: a\n\r\n";
    const { requests, deviations, failure } = parseRequests(encodeLatin1(one + one));
    assertEquals(failure, undefined);
    const codes = [
      "leading-crlf",
      "bare-lf",
      "request-host",
      "request-target-invalid",
      "request-line-whitespace",
      "te-and-cl",
      "transfer-coding-other",
      "obs-text-in-value",
      "bare-lf",
      "chunk-extension",
      "trailers",
      "forbidden-trailer-field",
      "bare-lf",
    ];
    assertEquals(requests.map((request) => request.deviations.map(({ code }) => code)), [codes, codes]);
    const offsets = deviations.map(({ offset }) => offset);
    assertEquals(offsets, offsets.toSorted((a, b) => a - b));
  },
});

Deno.test({
  name: "parseRequests() names the last coding of a request whose end is unknown",
  permissions: "none",
  fn() {
    const wire = `PUT / HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip\r\n\r\nabc`;
    const { deviations, failure } = parseRequests(encodeLatin1(wire));
    assertEquals(deviations.map((it): DeviationClass => it.class), ["fatal"]);
    assertEquals(failure?.message, deviations[0]?.message);
    assertStringIncludes(
      failure?.message ?? "",
      '"gzip", not chunked: the end of the request is unknown',
    );
  },
});

testRows("parseRequests() names the rule for request-lines if the octets are not HTTP", [
  "PRI * HTTP/2.0\r\n\r\n",
  "\x16\x03\x01\x02\0",
  "SSH-2.0-x\r\n",
], (wire) => {
  const { deviations } = parseRequests(Uint8Array.from(wire, (unit) => unit.charCodeAt(0)));
  assertEquals(deviations.map(({ code, rfc }) => [code, rfc]), [["not-http", "RFC 9112 §3"]]);
}, {
  permissions: "none",
});
