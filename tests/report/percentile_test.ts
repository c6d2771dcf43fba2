import { assertEquals, assertThrows } from "@std/assert";
import { percentile } from "../../lib/report/percentile.ts";
import { stepRows, testRows } from "../_test_rows.ts";

Deno.test("percentile() gives the value of the nearest rank", { permissions: "none" }, async (test) => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  const rows: [sorted: number[], p: number, value: number | undefined][] = [
    [[], 50, undefined],
    [[7], 0, 7],
    [[7], 50, 7],
    [[7], 100, 7],
    [[1, 2], 50, 1],
    [[1, 2, 3], 50, 2],
    [[15, 20, 35, 40, 50], 30, 20],
    [[15, 20, 35, 40, 50], 40, 20],
    [[15, 20, 35, 40, 50], 100, 50],
    [hundred, 0, 1],
    [hundred, 29, 29],
    [hundred, 57, 57],
    [hundred, 90, 90],
    [hundred, 99, 99],
    [hundred, 99.9, 100],
  ];
  await stepRows(test, rows, ([sorted, p, value]) => {
    assertEquals(percentile(sorted, p), value, `p${p} of ${sorted.length}`);
  });
  for (let p = 1; p <= 100; p++) assertEquals(percentile(hundred, p), p);
});

testRows("percentile() throws for a value outside 0 to 100", [-1, 100.1, NaN], (p) => {
  assertThrows(() => percentile([1], p), RangeError, `percentile ${p}`);
}, { permissions: "none" });
