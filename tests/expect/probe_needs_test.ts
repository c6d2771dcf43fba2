import { assertEquals } from "@std/assert";
import { parseExpectation } from "../../lib/expect/parse_expectation.ts";
import { factAfterHead } from "../../lib/expect/probe_needs.ts";
import { testRows } from "../_test_rows.ts";

testRows<[text: string, name: string | undefined]>(
  "factAfterHead() names the facts that need the content",
  [
    ["body ~ /a/", "body"],
    ["not body", "body"],
    ["!body.text ~ /a/", "body.text"],
    ["body.bytes > 0", "body.bytes"],
    ["body.complete", "body.complete"],
    ["body.coding.decodedBytes > 0", "body.coding.decodedBytes"],
    ["body.coding.error", "body.coding.error"],
    ["body.trailers", "body.trailers"],
    ["body.framing == chunked", undefined],
    ["body.coding == gzip", undefined],
    ["body.coding.names[0] == gzip", undefined],
    ["json.state == up", "json.state"],
    ['json["a b"] == 1', 'json["a b"]'],
    ["trailer.x", "trailer.x"],
    ["timings.receive < 1s", "timings.receive"],
    ["connection.end.how == open", "connection.end.how"],
    ["connection.surplusBytes == 0", "connection.surplusBytes"],
    ["redirects[0].body.bytes == 0", "redirects[0].body.bytes"],
    ["redirects[*].status == 301", undefined],
    ["status == 200", undefined],
    ["header.body == 1", undefined],
    ["headers > 3", undefined],
    ["timings.total < 1s", undefined],
    ["timings.wait < 1s", undefined],
    ["error.kind == refused", undefined],
  ],
  ([text, name]) => assertEquals(factAfterHead(parseExpectation(text)), name),
  { permissions: "none" },
);
