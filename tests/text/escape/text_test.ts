import { assertEquals, assertNotMatch } from "@std/assert";
import { escapeJson, escapeMessage, escapeOctets, escapeText } from "../../../lib/text/escape/text.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

testRows<[name: string, octets: string, escaped: string]>(
  "escapeOctets() shows valid, printable UTF-8 as text and every other octet as an escape",
  [
    ["plain text", "nginx/1.25 (Debian)", "nginx/1.25 (Debian)"],
    ["nothing", "", ""],
    ["a backslash is doubled", "a\\b", "a\\\\b"],
    ["so that a written escape differs from the octet", "\\x1b \x1b", "\\\\x1b \\x1b"],
    ["line ends and tab by name", "a\r\n\tb", "a\\r\\n\\tb"],
    ["NUL, BEL, ESC, DEL", "\0\x07\x1b[31m\x7f", "\\x00\\x07\\x1b[31m\\x7f"],
    ["two octets of UTF-8", "caf\xc3\xa9", "café"],
    ["three octets of UTF-8", "\xe6\x97\xa5\xe6\x9c\xac", "日本"],
    ["four octets of UTF-8", "\xf0\x9f\xa6\x95", "🦕"],
    ["ISO-8859-1", "caf\xe9", "caf\\xe9"],
    ["a raw C1 octet (CSI)", "\x9b31m", "\\x9b31m"],
    ["C1 in UTF-8 stays octets", "\xc2\x9b31m", "\\xc2\\x9b31m"],
    ["no-break space in UTF-8", "a\xc2\xa0b", "a\\xc2\\xa0b"],
    ["right-to-left override", "\xe2\x80\xae", "\\xe2\\x80\\xae"],
    ["zero width space", "a\xe2\x80\x8bb", "a\\xe2\\x80\\x8bb"],
    ["byte order mark", "\xef\xbb\xbf", "\\xef\\xbb\\xbf"],
    ["hangul filler", "\xe3\x85\xa4", "\\xe3\\x85\\xa4"],
    ["overlong slash", "\xc0\xaf", "\\xc0\\xaf"],
    ["overlong three octets", "\xe0\x80\xaf", "\\xe0\\x80\\xaf"],
    ["surrogate in UTF-8", "\xed\xa0\x80", "\\xed\\xa0\\x80"],
    ["above U+10FFFF", "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"],
    ["a sequence cut short", "\xe6\x97", "\\xe6\\x97"],
    ["a lead before a whole sequence", "\xe6\xc3\xa9", "\\xe6é"],
    ["a code unit that no octet gives", "\u2028", "\\u{2028}"],
  ],
  ([name, octets, escaped]) => {
    assertEquals(escapeOctets(octets), escaped, name);
  },
  {
    permissions: "none",
  },
);

Deno.test("escapeOctets() gives a different text for every pair of octets", { permissions: "none" }, () => {
  const seen = new Set<string>();
  for (let a = 0; a < 256; a++) {
    for (let b = 0; b < 256; b++) seen.add(escapeOctets(String.fromCharCode(a, b)));
  }
  assertEquals(seen.size, 65_536);
});

Deno.test(
  "escapeText() and escapeMessage() leave no control characters of terminals",
  { permissions: "none" },
  async (test) => {
    const rows: [name: string, text: string, escaped: string][] = [
      ["umlauts and kanji stay", "CN=Bücher 日本", "CN=Bücher 日本"],
      ["ESC", "a\x1b]0;x\x07", "a\\x1b]0;x\\x07"],
      ["C1", "\x85\x9b", "\\x85\\x9b"],
      ["bidi isolate and mark", "\u2066\u200f", "\\u{2066}\\u{200f}"],
      ["line separator", "\u2028", "\\u{2028}"],
      ["ideographic space", "\u3000", "\\u{3000}"],
      ["soft hyphen", "\xad", "\\xad"],
      ["lone surrogate", "\ud800x", "\\u{d800}x"],
      ["tag character", "\u{e0041}", "\\u{e0041}"],
      ["private use", "\ue000", "\\u{e000}"],
    ];
    await stepRows(test, rows, ([name, text, escaped]) => {
      assertEquals(escapeText(text), escaped, name);
      assertEquals(escapeMessage(text), escaped, name);
    });
    assertEquals(escapeText("C:\\x1b\x1b"), "C:\\\\x1b\\x1b");
    assertEquals(escapeMessage("quoted \\x1b, raw \x1b"), "quoted \\x1b, raw \\x1b");
  },
);

testRows(
  "escapeMessage() changes nothing when applied again",
  ["plain", "\x1b[31m\\", "\u202e\\u{202e}"],
  (text) => {
    assertEquals(escapeMessage(escapeMessage(text)), escapeMessage(text));
    assertEquals(escapeMessage(escapeText(text)), escapeText(text));
  },
  { permissions: "none" },
);

Deno.test("escapeJson() keeps the value and removes raw control characters", { permissions: "none" }, () => {
  const value = { text: '\x7f\x9b\u2028\u2029\u202e\u200b\ufeff\ud800 \u{e0041} é 日本 🦕 \\ " \n' };
  const json = escapeJson(JSON.stringify(value));
  assertEquals(JSON.parse(json), value);
  assertNotMatch(json, /[\p{C}\p{Zl}\p{Zp}]/u);
  assertEquals(escapeJson('"é 日本 🦕"'), '"é 日本 🦕"');
});
