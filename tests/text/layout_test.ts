import { assertEquals } from "@std/assert";
import { layOut, layOutFacts, type Margins, type Span, type View } from "../../lib/text/layout.ts";
import { plain } from "../../lib/text/paint.ts";
import { sgrPaint } from "./_sgr_paint.ts";
import { testRows } from "../_test_rows.ts";

function view(width: number, colour = false): View {
  return { width, paint: colour ? sgrPaint : plain, verbose: false };
}

testRows<[name: string, spans: Span[], width: number, margins: Margins, lines: string[]]>(
  "layOut() breaks lines at blanks only",
  [
    ["nothing", [], 10, { first: 0, rest: 2 }, [""]],
    ["fits", ["0123456789"], 10, { first: 0, rest: 2 }, ["0123456789"]],
    ["at a blank, which is dropped", ["one two three"], 8, { first: 0, rest: 2 }, ["one two", "  three"]],
    ["at the blank just behind the edge", ["0123456 89"], 7, { first: 0, rest: 2 }, ["0123456", "  89"]],
    ["at two blanks, which are dropped", ["abcdef  gh ij"], 7, { first: 0, rest: 1 }, ["abcdef", " gh ij"]],
    ["at two blanks behind the edge", ["abcdefg  hi"], 7, { first: 0, rest: 1 }, ["abcdefg", " hi"]],
    ["kept as evidence", ["one two three"], 8, { first: 0, rest: 2, keepBlanks: true }, [
      "one two ",
      "  three",
    ]],
    ["two blanks kept", ["abcdef  gh"], 7, { first: 0, rest: 1, keepBlanks: true }, ["abcdef ", "  gh"]],
    ["a long word stays whole", ["a 0123456789"], 6, { first: 0, rest: 2 }, ["a 0123456789"]],
    ["a long word behind half a line", ["abc 0123456789"], 6, { first: 0, rest: 2 }, ["abc", "  0123456789"]],
    ["a word that is too long for the next line", ["abc 0123456"], 9, { first: 0, rest: 4 }, ["abc 0123456"]],
    ["words behind a long one", ["http://a/0123456789 b c"], 9, { first: 0, rest: 2 }, [
      "http://a/0123456789",
      "  b c",
    ]],
    ["a long word as evidence", ["a 0123456789  b"], 6, { first: 0, rest: 2, keepBlanks: true }, [
      "a 0123456789 ",
      "   b",
    ]],
    ["blanks before a long word", ["   0123456789"], 6, { first: 0, rest: 2, keepBlanks: true }, [
      "   0123456789",
    ]],
    ["first margin", ["abc def"], 6, { first: 3, rest: 1 }, ["   abc", " def"]],
    ["wide characters", ["日本 語"], 5, { first: 0, rest: 0 }, ["日本", "語"]],
    ["a unit stays with its number", ["took some 13.6 s"], 14, { first: 0, rest: 2 }, [
      "took some",
      "  13.6 s",
    ]],
    ["a unit that is cut off", ["took some 13.6 ms, not 2"], 16, { first: 0, rest: 2 }, [
      "took some",
      "  13.6 ms, not 2",
    ]],
    ["a word is a unit", ["took some 13 seconds"], 14, { first: 0, rest: 2 }, ["took some", "  13 seconds"]],
    ["a number with commas", ["it left 2,494 days ago"], 14, { first: 0, rest: 2 }, [
      "it left",
      "  2,494 days",
      "  ago",
    ]],
    ["a unit with capitals", ["it has 1.5 KiB"], 11, { first: 0, rest: 2 }, ["it has", "  1.5 KiB"]],
    ["a number stays with its name", ["see RFC 9112 §9.6"], 11, { first: 0, rest: 2 }, [
      "see",
      "  RFC 9112",
      "  §9.6",
    ]],
    ["a name is no unit", ["it has 15 OK"], 9, { first: 0, rest: 2 }, ["it has 15", "  OK"]],
    ["a version is no number", ["of HTTP/1.1 s"], 12, { first: 0, rest: 2 }, ["of HTTP/1.1", "  s"]],
    ["only a number and its unit", ["12345 ms"], 7, { first: 0, rest: 2 }, ["12345 ms"]],
    ["no limit", ["one two three"], Infinity, { first: 1, rest: 2 }, [" one two three"]],
    ["line feeds are escaped", ["a\nb"], 10, { first: 0, rest: 0 }, ["a\\nb"]],
  ],
  ([name, spans, width, margins, lines]) => {
    assertEquals(layOut(spans, view(width), margins), lines, name);
  },
  {
    permissions: "none",
  },
);

Deno.test("layOut() closes and opens a style at each break", { permissions: "none" }, () => {
  assertEquals(layOut(["a ", ["good", "bcd efg"]], view(6, true), { first: 0, rest: 0 }), [
    "a \x1b[32mbcd\x1b[39m",
    "\x1b[32mefg\x1b[39m",
  ]);
});

Deno.test("layOutFacts() puts facts next to their label, further left on a narrow terminal", {
  permissions: "none",
}, () => {
  assertEquals(layOutFacts("body", [["one"], ["two"]], view(80)), ["body         one", "             two"]);
  assertEquals(layOutFacts("body", [["one"], ["two"]], view(24)), ["body         one", "      two"]);
  assertEquals(layOutFacts("body", [], view(80)), []);
});
