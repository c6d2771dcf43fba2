import { assertEquals } from "@std/assert";
import { escapeCsv } from "../../../lib/text/escape/csv.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[cell: string, written: string]>(
  "escapeCsv() quotes text that a reader would split or trim, and escapes line ends",
  [
    ["plain text", "plain text"],
    ["", ""],
    ["a,b", '"a,b"'],
    ['say "so"', '"say ""so"""'],
    [" before", '" before"'],
    ["after ", '"after "'],
    ["a\r\nb", "a\\r\\nb"],
    ["=1,2", '"\'=1,2"'],
    ["@SUM(1)", "'@SUM(1)"],
    ["a@b", "a@b"],
  ],
  ([cell, written]) => {
    assertEquals(escapeCsv(cell), written, JSON.stringify(cell));
  },
  {
    permissions: "none",
  },
);
