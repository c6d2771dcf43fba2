import { assertEquals } from "@std/assert";
import type { BodyFacts, HeaderField } from "../../../lib/result.ts";
import { layOutBody, layOutContent } from "../../../lib/report/text/body.ts";
import { plainResult, refusedResult, truncatedResult } from "../_samples.ts";
import { testView } from "./_view.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const LENGTH: BodyFacts = {
  framing: "content-length",
  bytes: 1204,
  wireBytes: 1204,
  complete: true,
  trailers: [],
};

Deno.test(
  "layOutBody() shows framing, size and completeness",
  { permissions: "none" },
  async (test) => {
    const rows: [body: Partial<BodyFacts>, headers: HeaderField[], lines: string[]][] = [
      [{}, [["Content-Length", "1204"]], ["body         Content-Length, 1,204 octets, complete"]],
      [{ complete: false, unread: "truncated" }, [["content-length", "5000"]], [
        "body         Content-Length, 1,204 of 5,000 octets, TRUNCATED",
      ]],
      [{ complete: false, unread: "truncated" }, [], [
        "body         Content-Length, 1,204 octets, TRUNCATED",
      ]],
      [{ complete: false }, [], ["body         Content-Length, 1,204 octets, not complete"]],
      ...([
        ["limit", "the rest not read: it exceeds a limit"],
        ["deadline", "the rest not read: time was up"],
        ["stopped", "the rest not read: sonde stopped"],
        ["local", "the rest not read: this machine failed"],
      ] as const).map(([unread, text]): [Partial<BodyFacts>, HeaderField[], string[]] => [
        { framing: "chunked", complete: false, unread, chunks: 1, bytes: 9, wireBytes: 9 },
        [],
        [`body         chunked, 1 chunk, 9 octets, ${text}`],
      ]),
      [{ complete: false, unread: "unreadable", bytes: 0, wireBytes: 0 }, [], [
        "body         Content-Length, 0 octets, the rest not read: it breaks the rules of",
        "               its framing",
      ]],
      [{ framing: "none", bytes: 0, wireBytes: 0, unread: "head", unreadBytes: 1270 }, [], [
        "body         none: HEAD asks for the head only, which announces 1,270 octets",
      ]],
      [{ framing: "none", bytes: 0, wireBytes: 0, unread: "head" }, [], [
        "body         none: HEAD asks for the head only",
      ]],
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
    await stepRows(test, rows, ([body, headers, lines]) => {
      assertEquals(layOutBody(plainResult({ headers, body: { ...LENGTH, ...body } }), testView()), lines);
    });
    assertEquals(layOutBody(refusedResult(), testView()), []);
    // An older saved result has an error without a reason.
    const late = truncatedResult();
    late.error!.kind = "timeout";
    assertEquals(layOutBody(late, testView()), [
      "body         Content-Length, not complete",
    ]);
  },
);

testRows<[text: string, lines: string[]]>(
  "layOutContent() keeps line feeds and escapes all other control characters",
  [
    ["", []],
    ["one\ntwo\n", ["one", "two"]],
    ["one\n\ntwo", ["one", "", "two"]],
    ["a\r\n\tb\x1b[2J", ["a\\r", "\\tb\\x1b[2J"]],
    ["é日本", ["é日本"]],
    ["x".repeat(81), ["x".repeat(81)]],
  ],
  ([text, lines]) => {
    assertEquals(layOutContent(plainResult({ body: { ...LENGTH, text } }), testView()), lines);
  },
  { permissions: "none" },
);
