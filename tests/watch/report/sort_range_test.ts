import { assertEquals } from "@std/assert";
import { sortRange } from "../../../lib/watch/report/sort_range.ts";
import { testRows } from "../../_test_rows.ts";

testRows<[values: number[], begin: number, end: number, sorted: number[], count: number]>(
  "sortRange() sorts only its range, with NaN last",
  [
    [[], 0, 0, [], 0],
    [[3, 2, 1], 0, 3, [1, 2, 3], 3],
    [[9, 3, 1, 2, 0], 1, 4, [9, 1, 2, 3, 0], 3],
    [[NaN, 2, NaN, 1], 0, 4, [1, 2, NaN, NaN], 2],
    [[NaN, NaN], 0, 2, [NaN, NaN], 0],
    [[2, 2, 1, 1], 0, 4, [1, 1, 2, 2], 4],
  ],
  ([values, begin, end, sorted, count]) => {
    const array = Float64Array.from(values);
    assertEquals(sortRange(array, begin, end), count);
    assertEquals([...array], sorted);
  },
  { permissions: "none" },
);

testRows("sortRange() sorts many values like few", [39, 40, 41, 42, 500], (length) => {
  // Every fifth is no number, the others are all there are below the length, mixed.
  const values = Float64Array.from({ length }, (_, index) => index % 5 === 0 ? NaN : (index * 7919) % 503);
  const expected = [...values].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const count = sortRange(values, 0, length);
  assertEquals([...values.subarray(0, count)], expected);
}, { permissions: "none" });
