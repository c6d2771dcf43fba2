import { assertEquals } from "@std/assert";
import { columnsOf, fitColumns } from "../../lib/text/columns.ts";
import { testRows } from "../_test_rows.ts";

testRows<[text: string, columns: number]>(
  "columnsOf() counts two columns for wide characters, one for any other",
  [
    ["", 0],
    ["abc", 3],
    ["é", 1],
    ["…×█", 3],
    ["日本", 4],
    ["한글", 4],
    ["カナ", 4],
    ["Ａ", 2],
    ["𠀀", 2],
    ["🦕", 2],
    ["𝒜", 1],
    ["e\u0301", 2],
  ],
  ([text, columns]) => {
    assertEquals(columnsOf(text), columns, text);
  },
  { permissions: "none" },
);

testRows<[text: string, start: number, columns: number, end: number]>(
  "fitColumns() finds the end of the text that fits, and never cuts a character",
  [
    ["abcdef", 0, 4, 4],
    ["abcdef", 4, 4, 6],
    ["abc", 3, 4, 3],
    ["日本語", 0, 4, 2],
    ["日本語", 0, 5, 2],
    ["a🦕b", 0, 2, 1],
    ["a🦕b", 0, 3, 3],
    ["𝒜𝒜𝒜", 0, 2, 4],
    ["𝒜𝒜𝒜", 0, 3, 6],
    ["🦕", 0, 1, 2],
    ["abe\u0301", 0, 3, 2],
    ["abe\u0301", 0, 4, 4],
    ["e\u0301\u0301\u0301", 0, 3, 3],
    ["abc", 0, 0, 1],
  ],
  ([text, start, columns, end]) => {
    assertEquals(fitColumns(text, start, columns), end, text);
  },
  { permissions: "none" },
);
