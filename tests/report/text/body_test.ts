import { assertEquals } from "@std/assert";
import type { BodyFacts, HeaderField } from "../../../lib/result.ts";
import { announcedLength, layOutBody, layOutContent } from "../../../lib/report/text/body.ts";
import { plainResult, refusedResult } from "../_samples.ts";
import { testView } from "./_view.ts";

const LENGTH: BodyFacts = {
  framing: "content-length",
  bytes: 1204,
  wireBytes: 1204,
  complete: true,
  trailers: [],
};

Deno.test("layOutBody() gives framing, size and whether it was whole", { permissions: "none" }, () => {
  const rows: [body: Partial<BodyFacts>, headers: HeaderField[], lines: string[]][] = [
    [{}, [["Content-Length", "1204"]], ["body         Content-Length, 1,204 octets, complete"]],
    [{ complete: false }, [["content-length", "5000"]], [
      "body         Content-Length, 1,204 of 5,000 octets, TRUNCATED",
    ]],
    [{ complete: false }, [], ["body         Content-Length, 1,204 octets, TRUNCATED"]],
    [{ framing: "until-close" }, [], ["body         until the connection closes, 1,204 octets, complete"]],
    [{ framing: "none", bytes: 0, wireBytes: 0 }, [["Content-Length", "10"]], [
      "body         none: this response has no body",
    ]],
    [{ framing: "chunked", chunks: 1, wireBytes: 1220 }, [], [
      "body         chunked, 1 chunk, 1,204 octets (1,220 on the wire), complete",
    ]],
    [
      { framing: "chunked", chunks: 2, wireBytes: 1, bytes: 1, trailers: [["X-Sum", "a\x07"], ["Y", ""]] },
      [],
      [
        "body         chunked, 2 chunks, 1 octet, complete",
        "trailers     2",
        "  X-Sum: a\\x07",
        "  Y: ",
      ],
    ],
    [{ coding: { names: ["gzip", "br"] } }, [], [
      "body         Content-Length, 1,204 octets, complete",
      "coding       gzip, br",
    ]],
    [{ coding: { names: ["br"], transfer: ["gzip"], decodedBytes: 5000 } }, [], [
      "body         Content-Length, 1,204 octets, complete",
      "coding       br, gzip, 5,000 octets decoded",
    ]],
    [{ coding: { names: ["a\x1b"], error: "its coding is unknown" } }, [], [
      "body         Content-Length, 1,204 octets, complete",
      "coding       a\\x1b, NOT DECODED: its coding is unknown",
    ]],
    [{ sha256: "ab".repeat(32) }, [], [
      "body         Content-Length, 1,204 octets, complete",
      `sha256       ${"ab".repeat(32)}`,
    ]],
  ];
  for (const [body, headers, lines] of rows) {
    assertEquals(layOutBody(plainResult({ headers, body: { ...LENGTH, ...body } }), testView()), lines);
  }
  assertEquals(layOutBody(refusedResult(), testView()), []);
});

Deno.test("announcedLength() is a number only where all lines agree on one", { permissions: "none" }, () => {
  const rows: [values: string[], length: number | undefined][] = [
    [[], undefined],
    [["5"], 5],
    [["5", "5"], 5],
    [["5, 5"], 5],
    [["5", "6"], undefined],
    [["+5"], undefined],
    [["0x5"], undefined],
    [["1e3"], undefined],
    [[""], undefined],
  ];
  for (const [values, length] of rows) {
    assertEquals(announcedLength(values.map((value) => ["Content-Length", value])), length, values.join("|"));
  }
});

Deno.test("layOutContent() obeys line feeds and escapes all else", { permissions: "none" }, () => {
  const rows: [text: string, lines: string[]][] = [
    ["", []],
    ["one\ntwo\n", ["one", "two"]],
    ["one\n\ntwo", ["one", "", "two"]],
    ["a\r\n\tb\x1b[2J", ["a\\r", "\\tb\\x1b[2J"]],
    ["é日本", ["é日本"]],
    ["x".repeat(81), ["x".repeat(80), "x"]],
  ];
  for (const [text, lines] of rows) {
    assertEquals(layOutContent(plainResult({ body: { ...LENGTH, text } }), testView()), lines);
  }
});
