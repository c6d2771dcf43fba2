import { assertEquals } from "@std/assert";
import { parseCodings } from "../../lib/http/content_coding.ts";
import type { FieldLine } from "../../lib/http/field_line.ts";

Deno.test(
  "parseCodings() gives codings in the order in which they were applied",
  { permissions: "none" },
  () => {
    const rows: [headers: FieldLine[], codings: ReturnType<typeof parseCodings>][] = [
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
    ];
    for (const [headers, codings] of rows) assertEquals(parseCodings(headers), codings);
  },
);
