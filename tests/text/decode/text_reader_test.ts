import { assertEquals, assertThrows } from "@std/assert";
import { EncodingError } from "../../../lib/text/decode/encoding_error.ts";
import { decodeText, TextReader } from "../../../lib/text/decode/text_reader.ts";
import { utf16 } from "./_encode.ts";
import { stepRows, testRows } from "../../_test_rows.ts";

const TEXT = "# é\r\na.test\n例え.テスト 😀\u{ffff}\nlast";

function octetsOf(...parts: readonly (string | Uint8Array | number)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => {
    if (typeof part === "number") return [part];
    return [...typeof part === "string" ? new TextEncoder().encode(part) : part];
  }));
}

/** What a reader gives for pieces: the text, and why there is no more. */
function read(pieces: readonly Uint8Array[]): [text: string, error: string | undefined] {
  const reader = new TextReader();
  const text = pieces.map((piece) => {
    const copy = piece.slice();
    const part = reader.receive(copy);
    copy.fill(0x21);
    return part;
  }).join("") + reader.end();
  return [text, reader.error?.message];
}

/** Whole, cut once at each octet, and octet by octet. */
function readEveryWay(octets: Uint8Array): [text: string, error: string | undefined] {
  const whole = read([octets]);
  for (let at = 0; at <= octets.length; at++) {
    assertEquals(read([octets.subarray(0, at), octets.subarray(at)]), whole, `cut at ${at}`);
  }
  assertEquals(read([...octets].map((octet) => Uint8Array.of(octet))), whole, "octet by octet");
  return whole;
}

Deno.test(
  "TextReader reads UTF-8, and UTF-16 with a byte order mark, however it is cut",
  { permissions: "none" },
  async (test) => {
    const rows: [name: string, octets: Uint8Array, text: string][] = [
      ["UTF-8", octetsOf(TEXT), TEXT],
      ["UTF-8 with a mark", octetsOf(0xef, 0xbb, 0xbf, TEXT), TEXT],
      ["UTF-16 LE", octetsOf(0xff, 0xfe, utf16(TEXT, true)), TEXT],
      ["UTF-16 BE", octetsOf(0xfe, 0xff, utf16(TEXT, false)), TEXT],
      ["a mark alone", octetsOf(0xff, 0xfe), ""],
      ["nothing", octetsOf(), ""],
      ["one letter", octetsOf("a"), "a"],
      ["one letter of UTF-16", octetsOf(0xfe, 0xff, 0, 0x61), "a"],
      ["a mark in the middle", octetsOf("a\n\ufeffb"), "a\n\ufeffb"],
      ["U+FFFD that was written", octetsOf("a\ufffd"), "a\ufffd"],
      [
        "more than a block",
        octetsOf(0xff, 0xfe, utf16("x".repeat(9_000), true)).subarray(0, 20),
        "x".repeat(9),
      ],
    ];
    await stepRows(test, rows, ([name, octets, text]) => {
      assertEquals(readEveryWay(octets), [text, undefined], name);
    });
    const long = "é😀".repeat(9_000);
    assertEquals(decodeText(octetsOf(0xff, 0xfe, utf16(long, true))), long);
  },
);

testRows<[name: string, octets: Uint8Array, text: string, error: RegExp]>(
  "TextReader gives the text before a fault, and names byte and line or encoding",
  [
    [
      "ISO-8859-1",
      octetsOf("a\nb\ncaf", 0xe9, "\nd"),
      "a\nb\ncaf",
      /^line 3 has the byte E9, which is not valid UTF-8/,
    ],
    ["at its end", octetsOf("a\nb", 0xe9), "a\nb", /^line 2 has the byte E9/],
    ["a character that is cut", octetsOf("a\n", 0xe2, 0x82), "a\n", /^line 2 has the byte E2/],
    ["a character that breaks off", octetsOf("a", 0xe2, 0x82, "b"), "a", /^line 1 has the byte E2/],
    ["a second octet alone", octetsOf("abcd\n", 0x80), "abcd\n", /^line 2 has the byte 80/],
    ["too long a form", octetsOf("abcd", 0xc0, 0xaf), "abcd", /^line 1 has the byte C0/],
    ["too long a form of three", octetsOf("abcd", 0xe0, 0x80, 0xaf), "abcd", /^line 1 has the byte E0/],
    ["half of a pair", octetsOf("abcd", 0xed, 0xa0, 0x80), "abcd", /^line 1 has the byte ED/],
    ["beyond Unicode", octetsOf("abcd", 0xf5, 0x80, 0x80, 0x80), "abcd", /^line 1 has the byte F5/],
    ["UTF-16 behind UTF-8", octetsOf("a\nb\n", utf16("c\n", true)), "a\nb\nc", /^line 3 has the byte 00/],
    ["NUL before another fault", octetsOf("abcd\n", 0, 0xe9), "abcd\n", /^line 2 has the byte 00/],
    ["NUL behind another fault", octetsOf("abcd\n", 0xe9, 0), "abcd\n", /^line 2 has the byte E9/],
    [
      "UTF-16 LE without a mark",
      utf16("a.test\n", true),
      "",
      /^it looks like UTF-16 \(little-endian\) without/,
    ],
    [
      "UTF-16 BE without a mark",
      utf16("a.test\n", false),
      "",
      /^it looks like UTF-16 \(big-endian\) without/,
    ],
    ["UTF-16 of one letter", utf16("a", true), "", /^it looks like UTF-16 \(little-endian\) without/],
    ["UTF-32 LE", octetsOf(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), "", /^it is UTF-32 \(little-endian\)/],
    ["UTF-32 BE", octetsOf(0, 0, 0xfe, 0xff, 0, 0, 0, 0x61), "", /^it is UTF-32 \(big-endian\)/],
    ["UTF-32 LE without a mark", octetsOf(0x61, 0, 0, 0), "", /^it looks like UTF-32 \(little-endian\)/],
    ["UTF-32 BE without a mark", octetsOf(0, 0, 0, 0x61), "", /^it looks like UTF-32 \(big-endian\)/],
    ["gzip", octetsOf(0x1f, 0x8b, 8, 0), "", /^it is compressed with gzip/],
    ["ZIP", octetsOf("PK", 3, 4, 20), "", /^it is a ZIP archive/],
    [
      "half of a code unit",
      octetsOf(0xff, 0xfe, utf16("a\nb", true), 0x63),
      "a\nb",
      /^line 2 ends in the middle/,
    ],
    [
      "half of a pair in UTF-16",
      octetsOf(0xff, 0xfe, utf16("a\n\ud800b", true)),
      "a\n",
      /^line 2 has the code unit D800/,
    ],
    [
      "the other half",
      octetsOf(0xfe, 0xff, utf16("a\n\udc00b", false)),
      "a\n",
      /^line 2 has the code unit DC00/,
    ],
    [
      "half of a pair at the end",
      octetsOf(0xfe, 0xff, utf16("a\ud800", false)),
      "a",
      /^line 1 ends in the middle/,
    ],
  ],
  ([name, octets, text, error]) => {
    const [got, message = ""] = readEveryWay(octets);
    assertEquals([got, error.test(message)], [text, true], `${name}: ${message}`);
    assertThrows(() => decodeText(octets), EncodingError, message, name);
  },
  {
    permissions: "none",
  },
);
