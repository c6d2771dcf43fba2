import { assertEquals } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { parseCapture } from "../../lib/http/parse_capture.ts";
import { parseRequests } from "../../lib/http/parse_request.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test({
  name: "parseRequests() reads consecutive requests and lists their deviations",
  permissions: "none",
  async fn(test) {
    const host = "Host: a\r\n";
    const rows: [
      wire: string,
      requests: [method: string, offset: number, body: number][],
      deviations: string[],
      failure?: string,
    ][] = [
      ["", [], []],
      [`GET / HTTP/1.1\r\n${host}\r\n`, [["GET", 0, 0]], []],
      [`GET / HTTP/1.1\r\n${host}\r\nHEAD /b HTTP/1.1\r\n${host}\r\n`, [["GET", 0, 0], ["HEAD", 27, 0]], []],
      [`POST / HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabcGET / HTTP/1.0\r\n\r\n`, [["POST", 0, 3], [
        "GET",
        50,
        0,
      ]], []],
      [
        `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`,
        [["POST", 0, 2]],
        [],
      ],
      [`\r\nGET / HTTP/1.1\n${host}\r\n`, [["GET", 2, 0]], ["leading-crlf", "bare-lf"]],
      ["GET / HTTP/1.1\r\n\r\n", [["GET", 0, 0]], ["request-host"]],
      [`GET / HTTP/1.1\r\n${host}${host}\r\n`, [["GET", 0, 0]], ["request-host"]],
      [`GET  / HTTP/1.1\r\n${host}\r\n`, [["GET", 0, 0]], ["request-line-whitespace"]],
      [`GET / HTTP/1.7\r\n${host}\r\n`, [["GET", 0, 0]], ["unsupported-version"]],
      ["GET /\r\n\r\n", [], ["request-line-malformed"], "syntax"],
      ["GET / x HTTP/1.1\r\n\r\n", [], ["request-line-malformed"], "syntax"],
      [`GET / HTTP/1.1\r\n${host}no colon\r\n\r\n`, [], ["missing-colon"], "syntax"],
      [`GET / HTTP/1.1\r\n${host}`, [], ["truncated-head"], "truncated"],
      ["GET / HT", [], ["truncated-head"], "truncated"],
      [
        `PUT / HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nabc`,
        [["PUT", 0, 3]],
        ["truncated-body"],
        "truncated",
      ],
      [
        `PUT / HTTP/1.1\r\n${host}Content-Length: x\r\n\r\nabc`,
        [["PUT", 0, 0]],
        ["invalid-content-length"],
        "syntax",
      ],
      [
        `PUT / HTTP/1.1\r\n${host}Transfer-Encoding: gzip\r\n\r\nabc`,
        [["PUT", 0, 0]],
        ["te-not-chunked-final"],
        "syntax",
      ],
      [`PUT / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nx`, [["PUT", 0, 0]], [
        "chunk-size-invalid",
      ], "syntax"],
    ];
    await stepRows(test, rows, ([wire, requests, deviations, failure]) => {
      const parsed = parseRequests(encodeLatin1(wire));
      const seen = parsed.requests.map(({ method, offset, body }) => [method, offset, body.bytes]);
      assertEquals(seen, requests, JSON.stringify(wire));
      assertEquals(parsed.deviations.map(({ code }) => code), deviations, JSON.stringify(wire));
      assertEquals(parsed.failure?.kind, failure as "syntax" | undefined, wire);
    });
    const message = "A head of more than 100 octets";
    const endless: [wire: string, offset: number][] = [
      [`GET / HTTP/1.1\r\n${host.repeat(50)}\r\n`, 100],
      [`GET /${"a".repeat(45)} HTTP/1.1\r\n${host}A: ${"b".repeat(40)}\r\n\r\n`, 100],
      [`GET /${"a".repeat(200)} HTTP/1.1\r\n${host}\r\n`, 100],
      [`\r\nGET /${"a".repeat(200)}`, 102],
    ];
    await stepRows(test, endless, ([wire, offset]) => {
      const { failure } = parseRequests(encodeLatin1(wire), { limits: { maxHead: 100 } });
      assertEquals(failure, { kind: "limit", phase: "head", offset, message }, wire);
    });
  },
});

Deno.test({
  name: "parseCapture() reads all responses without knowing their number",
  permissions: "none",
  async fn(test) {
    const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    const rows: [wire: string, methods: string[], end: "fin" | "open", bodies: number[], failure?: string][] =
      [
        [`${ok}hi`, ["GET"], "fin", [2]],
        [`${ok}hi${ok}ho`, ["GET"], "fin", [2, 2]],
        [`${ok}${ok}`, ["HEAD"], "fin", [0, 0]],
        [`${ok}${ok}hi`, ["HEAD", "GET"], "fin", [0, 2]],
        [`${ok}hi${ok}h`, ["GET"], "fin", [2, 1], "truncated"],
        [`${ok}hi${ok}h`, ["GET"], "open", [2, 1]],
        [`${ok}hi${ok.slice(0, 20)}`, ["GET"], "fin", [2], "truncated"],
        [`${ok}hiHTTP/1.1 100 Continue\r\n\r\n`, ["GET"], "fin", [2], "truncated"],
        ["HTTP/1.0 200 OK\r\n\r\nall the rest", ["GET"], "fin", [12]],
        ["", ["GET"], "fin", [], "closed"],
      ];
    await stepRows(test, rows, ([wire, methods, end, bodies, failure]) => {
      const stream = parseCapture(encodeLatin1(wire), methods, { end });
      assertEquals(stream.responses.map(({ body }) => body.bytes), bodies, JSON.stringify(wire));
      assertEquals(stream.failure?.kind, failure as "truncated" | undefined, JSON.stringify(wire));
      assertEquals(stream.deviations.some(({ code }) => code === "empty-reply"), failure === "closed");
    });
  },
});
