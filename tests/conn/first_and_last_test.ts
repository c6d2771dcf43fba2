import { assertEquals } from "@std/assert";
import { FirstAndLast } from "../../lib/conn/first_and_last.ts";
import { testRows } from "../_test_rows.ts";

testRows<[items: number, first: number[], last: number[], leftOut: number]>(
  "FirstAndLast keeps both ends and counts the items in between",
  [
    [0, [], [], 0],
    [2, [1, 2], [], 0],
    [4, [1, 2], [3, 4], 0],
    [5, [1, 2], [4, 5], 1],
    [9, [1, 2], [8, 9], 5],
  ],
  ([items, first, last, leftOut]) => {
    const kept = new FirstAndLast<number>(2);
    for (let item = 1; item <= items; item++) kept.add(item);
    assertEquals([kept.first, kept.last, kept.leftOut], [first, last, leftOut], `${items}`);
  },
  { permissions: "none" },
);
