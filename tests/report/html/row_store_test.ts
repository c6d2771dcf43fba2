import { assertEquals } from "@std/assert";
import { RowStore } from "../../../lib/report/html/run/row_store.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[rows: string, kept: number[]]>(
  "RowStore keeps a bounded number of rows, at first those that are not ok",
  [
    ["", []],
    ["ooo", [1, 2, 3]],
    ["oooo", [1, 2, 3]],
    ["oooox", [1, 2, 5]],
    ["xoxox", [1, 3, 5]],
    ["xxxx", [1, 2, 3]],
    ["xxxxo", [1, 2, 3]],
    ["oooxxxx", [4, 5, 6]],
  ],
  ([rows, kept]) => {
    const store = new RowStore(3);
    [...rows].forEach((row, index) => store.add(index + 1, row === "o", () => ""));
    assertEquals(store.rows().map(({ number }) => number), kept);
  },
  { permissions: "none" },
);
