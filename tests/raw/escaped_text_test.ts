import { assertEquals, assertThrows } from "@std/assert";
import { parseEscapedText } from "../../lib/raw/escaped_text.ts";
import { OctetSearch } from "../../lib/raw/octet_search.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test({
  name: "parseEscapedText() reads escapes as octets and everything else as UTF-8",
  permissions: "none",
  async fn(test) {
    const rows: [text: string, octets: number[]][] = [
      ["", []],
      ["PING\\r\\n", [0x50, 0x49, 0x4e, 0x47, 0x0d, 0x0a]],
      ["\\x00\\xff\\0\\t\\e\\\\", [0x00, 0xff, 0x00, 0x09, 0x1b, 0x5c]],
      ["é\\u00e9\\u{e9}", [0xc3, 0xa9, 0xc3, 0xa9, 0xc3, 0xa9]],
      ["\\u{1f600}\\ud83d\\ude00", [0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f, 0x98, 0x80]],
      ["\\x41\\u0000", [0x41, 0x00]],
    ];
    await stepRows(test, rows, ([text, octets]) => {
      assertEquals([...parseEscapedText(text)], octets, text);
    });
    await stepRows(test, [
      "\\q",
      "\\x4",
      "\\xg0",
      "\\u12",
      "\\u{110000}",
      "a\\",
      "\\ud83d",
      "\\ud83dx",
      "\\ude00",
    ], (text) => {
      assertThrows(() => parseEscapedText(text), SyntaxError, "Cannot read", text);
    });
  },
});

Deno.test({
  name: "OctetSearch finds octets wherever the pieces are cut",
  permissions: "none",
  fn() {
    const text = "aabaabaaab--";
    const encoder = new TextEncoder();
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const search = new OctetSearch(encoder.encode("aaab"));
        let before = 0;
        let found = -1;
        for (const piece of [text.slice(0, first), text.slice(first, second), text.slice(second)]) {
          const end = found === -1 ? search.feed(encoder.encode(piece)) : -1;
          if (end !== -1) found = before + end;
          before += piece.length;
        }
        assertEquals(found, 10, `${first}, ${second}`);
      }
    }
    assertEquals(new OctetSearch(encoder.encode("x")).feed(encoder.encode(text)), -1);
  },
});
