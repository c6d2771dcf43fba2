import { assertEquals, assertThrows } from "@std/assert";
import { composeRequest } from "../../lib/probe/compose_request.ts";
import type { RequestOptions } from "../../lib/probe/options.ts";
import { parseTarget, settleTarget } from "../../lib/target/target.ts";
import { VERSION } from "../../lib/version.ts";
import { stepRows, testRows } from "../_test_rows.ts";

const AGENT = `User-Agent: sonde/${VERSION}`;
const H1 = ["GET / HTTP/1.1", "Host: h", AGENT, "Accept: */*"];

const ROWS:
  readonly (readonly [name: string, url: string, options: RequestOptions, lines: string[], body?: string])[] =
    [
      ["defaults", "http://h/", {}, H1],
      ["path and query as written", "http://h/a/../%7E?b=c&d", {}, [
        "GET /a/../%7E?b=c&d HTTP/1.1",
        ...H1.slice(1),
      ]],
      ["a port that is not the default", "http://h:81/", {}, [
        "GET / HTTP/1.1",
        "Host: h:81",
        AGENT,
        "Accept: */*",
      ]],
      ["IPv6 without its zone", "http://[fe80::1%25lo]/", {}, [
        "GET / HTTP/1.1",
        "Host: [fe80::1]",
        AGENT,
        "Accept: */*",
      ]],
      ["a method as it is", "http://h/", { method: "pAtch!" }, ["pAtch! / HTTP/1.1", ...H1.slice(1)]],
      ["HTTP/1.0", "http://h/", { version: "1.0" }, ["GET / HTTP/1.0", ...H1.slice(1)]],
      ["a request target as it is", "http://h/x", { requestTarget: "http://o:1/?#" }, [
        "GET http://o:1/?# HTTP/1.1",
        ...H1.slice(1),
      ]],
      ["asterisk-form", "http://h/x", { method: "OPTIONS", requestTarget: "*" }, [
        "OPTIONS * HTTP/1.1",
        ...H1.slice(1),
      ]],
      [
        "fields in order and case, duplicates kept",
        "http://h/",
        { headers: [["x-B", "1"], ["X-a", "2"], ["x-b", "3"]] },
        [...H1, "x-B: 1", "X-a: 2", "x-b: 3"],
      ],
      [
        "a field takes the place of the default of its name",
        "http://h/",
        { headers: [["ACCEPT", "a/b"], ["hOst", "other"]] },
        ["GET / HTTP/1.1", "hOst: other", AGENT, "ACCEPT: a/b"],
      ],
      [
        "a second field of a default's name follows",
        "http://h/",
        { headers: [["Host", "a"], ["X", "1"], ["Host", "b"]] },
        ["GET / HTTP/1.1", "Host: a", AGENT, "Accept: */*", "X: 1", "Host: b"],
      ],
      [
        "defaults can be taken out",
        "http://h/",
        { headers: [["Host", undefined], ["user-agent", null], ["ACCEPT", undefined]] },
        ["GET / HTTP/1.1"],
      ],
      [
        "what is not there can be taken out too",
        "http://h/",
        { headers: [["X", null]] },
        H1,
      ],
      ["an empty value", "http://h/", { headers: [["X", ""], ["Accept", ""]] }, [
        ...H1.slice(0, 3),
        "Accept:",
        "X:",
      ]],
      ["an agent", "http://h/", { userAgent: "a b/1" }, [
        H1[0]!,
        "Host: h",
        "User-Agent: a b/1",
        "Accept: */*",
      ]],
      ["octets above 127", "http://h/", { headers: [["X", "\xe9\xff"]] }, [...H1, "X: \xe9\xff"]],
      ["a body of text", "http://h/", { method: "POST", body: "é" }, [
        "POST / HTTP/1.1",
        ...H1.slice(1),
        "Content-Length: 2",
      ], "\xc3\xa9"],
      [
        "a body of octets",
        "http://h/",
        { body: Uint8Array.of(0, 255) },
        [...H1, "Content-Length: 2"],
        "\0\xff",
      ],
      ["an empty body", "http://h/", { method: "PUT", body: "" }, [
        "PUT / HTTP/1.1",
        ...H1.slice(1),
        "Content-Length: 0",
      ]],
      [
        "a wrong length if that is asked for",
        "http://h/",
        { body: "ab", headers: [["content-length", "9"]] },
        [...H1, "content-length: 9"],
        "ab",
      ],
      [
        "a body without length if that is asked for",
        "http://h/",
        { body: "ab", headers: [["Content-Length", null]] },
        H1,
        "ab",
      ],
      [
        "no length beside a transfer coding",
        "http://h/",
        { body: "0\r\n\r\n", headers: [["Transfer-Encoding", "chunked"]] },
        [...H1, "Transfer-Encoding: chunked"],
        "0\r\n\r\n",
      ],
      [
        "both if both are asked for",
        "http://h/",
        { body: "x", headers: [["Transfer-Encoding", "chunked"], ["Content-Length", "1"]] },
        [...H1, "Transfer-Encoding: chunked", "Content-Length: 1"],
        "x",
      ],
      ["credentials", "http://h/", { credentials: { user: "Aladdin", password: "open sesame" } }, [
        ...H1,
        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
      ]],
      ["credentials outside ASCII", "http://h/", { credentials: { user: "test", password: "123£" } }, [
        ...H1,
        "Authorization: Basic dGVzdDoxMjPCow==",
      ]],
      ["credentials of the URL come first", "http://a:b@h/", { credentials: { user: "c", password: "d" } }, [
        ...H1,
        "Authorization: Basic YTpi",
      ]],
      ["credentials of the URL, octet by octet", "http://jos%E9:p@h/", {}, [
        ...H1,
        "Authorization: Basic am9z6Tpw",
      ]],
      ["a field instead of credentials", "http://a:b@h/", { headers: [["Authorization", "Bearer t"]] }, [
        ...H1,
        "Authorization: Bearer t",
      ]],
    ];

testRows(
  "composeRequest() writes the requested method, target, fields and content",
  ROWS,
  ([name, url, options, lines, body = ""]) => {
    const request = composeRequest(settleTarget(parseTarget(url), "http"), options);
    const text = String.fromCharCode(...request.bytes);
    assertEquals(text, `${lines.join("\r\n")}\r\n\r\n${body}`, name);
    assertEquals(request.method, options.method ?? "GET", name);
  },
  { permissions: "none" },
);

testRows<readonly [raw: string, method: string]>(
  "composeRequest() keeps raw octets unchanged, and finds their method",
  [
    ["HEAD / HTTP/1.1\r\n\r\n", "HEAD"],
    ["\r\n\r\nPOST / HTTP/1.1\nA", "POST"],
    ["get\t/", "GET"],
    ["", "GET"],
    ["\0\xff", "GET"],
    ["CONNECT", "GET"],
    [`${"M".repeat(150)} /`, "M".repeat(150)],
  ],
  ([raw, method]) => {
    const rawRequest = Uint8Array.from(raw, (unit) => unit.charCodeAt(0));
    const options: RequestOptions = { rawRequest, method: "PUT", body: "x", headers: [["A", "\n"]] };
    const request = composeRequest(settleTarget(parseTarget("http://h/"), "http"), options);
    assertEquals([request.bytes, request.method, request.upgrade], [rawRequest, method, true], raw);
  },
  { permissions: "none" },
);

Deno.test("composeRequest() recognises a request for another protocol", { permissions: "none" }, () => {
  const target = settleTarget(parseTarget("http://h/"), "http");
  assertEquals(composeRequest(target).upgrade, false);
  assertEquals(composeRequest(target, { headers: [["upgrade", "websocket"]] }).upgrade, true);
  assertEquals(composeRequest(target, { headers: [["Upgrade", " , "]] }).upgrade, false);
});

Deno.test(
  "composeRequest() refuses parts that would turn the request into another message",
  { permissions: "none" },
  async (test) => {
    const rows: readonly (readonly [options: RequestOptions, message: string])[] = [
      [{ method: "A B" }, "method"],
      [{ method: "" }, "method"],
      [{ method: "GET\r\n" }, "method"],
      [{ requestTarget: "/ HTTP/1.1\r\nX: y" }, "target"],
      [{ requestTarget: "" }, "target"],
      [{ headers: [["X", "a\nb"]] }, "field X"],
      [{ headers: [["X", "a\0"]] }, "field X"],
      [{ headers: [["X: y", "a"]] }, "field name"],
      [{ headers: [["", "a"]] }, "field name"],
      [{ userAgent: "a\r\nX: y" }, "field User-Agent"],
    ];
    await stepRows(test, rows, ([options, message]) => {
      const error = assertThrows(
        () => composeRequest(settleTarget(parseTarget("http://h/"), "http"), options),
        TypeError,
      );
      assertEquals(error.message.includes(message), true, error.message);
    });
    const wide: RequestOptions = { headers: [["X", "€"]] };
    assertThrows(() => composeRequest(settleTarget(parseTarget("http://h/"), "http"), wide), RangeError);
  },
);

testRows("composeRequest() refuses a body that is neither text nor octets,", [5, {}, [1]], (body) => {
  const target = settleTarget(parseTarget("http://a/"), "http");
  assertThrows(
    () => composeRequest(target, { body: body as unknown as string }),
    TypeError,
    "use a string or a Uint8Array",
  );
}, { permissions: "none" });
