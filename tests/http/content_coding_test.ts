import { assertEquals } from "@std/assert";
import { parseCodings } from "../../lib/http/content_coding.ts";
import type { FieldLine } from "../../lib/http/field_line.ts";
import { testRows } from "../_test_rows.ts";

testRows<[headers: FieldLine[], codings: ReturnType<typeof parseCodings>]>(
  "parseCodings() keeps the order in which codings were applied",
  [
    [[], undefined],
    [[["Content-Encoding", ""]], undefined],
    [[["Content-Encoding", "identity, Identity"]], undefined],
    [[["Transfer-Encoding", "chunked"]], undefined],
    [[["Transfer-Encoding", "identity, xchunked, chunked;q=1"]], undefined],
    [[["content-encoding", "GZIP"]], { names: ["gzip"] }],
    [[["Content-Encoding", ", gzip ,,\tbr"]], { names: ["gzip", "br"] }],
    [[["Content-Encoding", "gzip"], ["X", "a"], ["CONTENT-ENCODING", "br"]], { names: ["gzip", "br"] }],
    [[["Content-Encoding", "gzip;q=1"]], { names: ["gzip;q=1"] }],
    [[["Content-Encoding", "br"], ["Transfer-Encoding", "deflate, gzip, chunked"]], {
      names: ["br"],
      transfer: ["deflate", "gzip"],
    }],
    [[["Transfer-Encoding", "gzip"]], { names: [], transfer: ["gzip"] }],
  ],
  ([headers, codings]) => {
    assertEquals(parseCodings(headers), codings);
  },
  { permissions: "none" },
);
