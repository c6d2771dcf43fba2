/**
 * Reaches the branches of `lib/http/` that no vector reaches (`deno task coverage` lists them). One exception is a case that the
 * types ask for and that cannot come:
 *
 * - `parse_response.ts`: `pieces.get(response) ?? []`; every response has had its `onHead` by then.
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { encodeLatin1 } from "../../lib/http/octets.ts";
import { parseCapture } from "../../lib/http/parse_capture.ts";
import { parseRequests } from "../../lib/http/parse_request.ts";
import { parseResponse } from "../../lib/http/parse_response.ts";
import { testRows } from "../_test_rows.ts";

const INTERIM = "HTTP/1.1 100 Continue\r\n\r\n";

testRows(
  "parseResponse() counts the interim responses before an early end",
  [[1, "after 1 interim response,"], [2, "after 2 interim responses,"]] as const,
  ([count, text]) => {
    const { failure } = parseResponse(encodeLatin1(INTERIM.repeat(count)));
    assertEquals(failure?.kind, "truncated");
    assertStringIncludes(failure?.message ?? "", text);
  },
  { permissions: "none" },
);

Deno.test("parseResponse() also finds a fault in the value if a blank precedes the colon", {
  permissions: "none",
}, () => {
  const { deviations } = parseResponse(encodeLatin1("HTTP/1.1 200 OK\r\nX : a\0b\r\n\r\n"));
  assertEquals(deviations.map(({ code }) => code), ["ows-before-colon", "nul-in-value"]);
});

Deno.test(
  "parseCapture() assumes GET if no method is given",
  { permissions: "none" },
  () => {
    const { responses } = parseCapture(encodeLatin1("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), []);
    assertEquals(responses[0]?.body.bytes, 2);
  },
);

Deno.test("parseRequests() stops at the limit of a chunk-size line", { permissions: "none" }, () => {
  const head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  const { failure } = parseRequests(encodeLatin1(`${head}1;${"x".repeat(5000)}\r\na\r\n0\r\n\r\n`));
  assertEquals([failure?.kind, failure?.phase], ["limit", "body"]);
});
