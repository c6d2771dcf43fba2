import { assertEquals } from "@std/assert";
import { FirstAndLast } from "../../lib/conn/first_and_last.ts";

Deno.test("FirstAndLast keeps both ends and counts what is between", { permissions: "none" }, () => {
  const rows: [items: number, first: number[], last: number[], leftOut: number][] = [
    [0, [], [], 0],
    [2, [1, 2], [], 0],
    [4, [1, 2], [3, 4], 0],
    [5, [1, 2], [4, 5], 1],
    [9, [1, 2], [8, 9], 5],
  ];
  for (const [items, first, last, leftOut] of rows) {
    const kept = new FirstAndLast<number>(2);
    for (let item = 1; item <= items; item++) kept.add(item);
    assertEquals([kept.first, kept.last, kept.leftOut], [first, last, leftOut], `${items}`);
  }
});
