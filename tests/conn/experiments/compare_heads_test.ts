import { assertEquals } from "@std/assert";
import { compareHeads, type FieldDifference } from "../../../lib/conn/experiments/compare_heads.ts";
import type { FieldLine } from "../../../lib/http/field_line.ts";
import { encodeLatin1 } from "../../../lib/http/octets.ts";
import { parseResponses } from "../../../lib/http/parse_response.ts";
import { testRows } from "../../_test_rows.ts";

/** The response to a GET or HEAD with these fields, and without content. */
function headOf(fields: readonly FieldLine[], status = 200): Parameters<typeof compareHeads>[0] {
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return parseResponses(encodeLatin1(`HTTP/1.1 ${status} X\r\n${lines}\r\n`), [{ method: "HEAD" }])
    .responses[0]!;
}

testRows<[get: FieldLine[], again: FieldLine[], head: FieldLine[], differences: FieldDifference[]]>(
  "compareHeads() lists differences between HEAD and GET, except those that are allowed",
  [
    [[["A", "1"]], [["A", "1"]], [["a", "1"]], []],
    [[["A", "1"]], [["A", "1"]], [["A", "2"]], [{ name: "a", get: "1", head: "2" }]],
    [[["A", "1"]], [["A", "1"]], [], [{ name: "a", get: "1", head: null }]],
    [[], [], [["A", "1"]], [{ name: "a", get: null, head: "1" }]],
    // The field changes between GETs, too.
    [[["A", "1"]], [["A", "2"]], [["A", "3"]], []],
    // RFC 9110 §9.3.2: the answer to HEAD may omit fields that depend on generating the content.
    [[["Content-Length", "5"]], [["Content-Length", "5"]], [], []],
    [[["Transfer-Encoding", "chunked"]], [["Transfer-Encoding", "chunked"]], [], []],
    [[["Trailer", "X"]], [["Trailer", "X"]], [], []],
    [[["Content-Length", "5"]], [["Content-Length", "5"]], [["Content-Length", "0"]], [
      { name: "content-length", get: "5", head: "0" },
    ]],
    [[], [], [["Content-Length", "5"]], []],
    [[], [], [["Content-Length", "6"]], [{ name: "content-length", get: null, head: "6" }]],
    [[], [], [["Transfer-Encoding", "chunked"]], []],
    [[["Date", "1"]], [["Date", "1"]], [["Date", "2"]], []],
    [[["Age", "1"]], [["Age", "1"]], [["Age", "2"]], []],
    [[["Connection", "close"]], [["Connection", "close"]], [["Connection", "keep-alive"]], []],
    [[["Keep-Alive", "max=9"]], [["Keep-Alive", "max=9"]], [["Keep-Alive", "max=8"]], []],
    [[["ETag", '"a"']], [["ETag", '"a"']], [], [{ name: "etag", get: '"a"', head: null }]],
    [[["A", "1"], ["A", "2"]], [["A", "1"], ["A", "2"]], [["A", "1, 2"]], []],
  ],
  ([get, again, head, differences]) => {
    assertEquals(
      compareHeads(headOf(get), headOf(again), headOf(head), 5),
      differences,
      JSON.stringify(head),
    );
  },
  {
    permissions: "none",
  },
);

Deno.test("compareHeads() reports a different status, unless it changes between GETs", {
  permissions: "none",
}, () => {
  const status = { name: "status", get: "200", head: "405" };
  assertEquals(compareHeads(headOf([]), headOf([]), headOf([], 405), 0), [status]);
  assertEquals(compareHeads(headOf([]), headOf([], 503), headOf([], 405), 0), []);
  assertEquals(compareHeads(headOf([]), headOf([], 503), headOf([]), 0), []);
});
