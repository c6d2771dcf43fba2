import { assertEquals } from "@std/assert";
import { formatNote } from "../../../lib/cli/output/note.ts";
import type { Output } from "../../../lib/cli/output/output.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[terminal: boolean, note: string]>(
  "formatNote() breaks a note between words on a terminal, and keeps it in one line elsewhere",
  [
    [true, "sonde: list.txt already has\n  12 rows \\x1b\n"],
    [false, "sonde: list.txt already has 12 rows \\x1b\n"],
  ],
  ([terminal, note]) => {
    const stderr: Output = { terminal, broken: false, write: () => Promise.resolve() };
    assertEquals(formatNote("list.txt already has 12 rows \x1b", { stderr, widthOf: () => 30 }), note);
  },
  { permissions: "none" },
);
