import { assertEquals } from "@std/assert";
import { countChance, formatBound } from "../../../lib/conn/experiments/chance.ts";
import { testRows } from "../../_test_rows.ts";

/** Exact one-sided bounds at 95 %, as tables of the binomial distribution have them. */
const ROWS: readonly (readonly [tries: number, lost: number, atMost: number | null])[] = [
  [0, 0, null],
  [1, 0, 0.95],
  [4, 0, 0.527],
  [10, 0, 0.259],
  [16, 0, 0.171],
  [10, 1, 0.394],
  [10, 9, 0.995],
  [10, 10, 1],
  [20, 3, 0.344],
];

testRows(
  "countChance() gives the share of requests that may be lost despite no loss in the sample",
  ROWS,
  ([tries, lost, atMost]) => {
    assertEquals(countChance(tries, lost), { tries, lost, atMost }, `${lost} of ${tries}`);
  },
);

Deno.test("formatBound() rounds up, so that the bound holds", () => {
  assertEquals(formatBound(countChance(10, 0)), "at most 26 % at 95 % confidence");
  assertEquals(formatBound(countChance(0, 0)), "at most 100 % at 95 % confidence");
});
