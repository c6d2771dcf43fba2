import { assertEquals } from "@std/assert";
import { DurationSpread } from "../../lib/batch/duration_spread.ts";
import { testRows } from "../_test_rows.ts";

const PURE = { permissions: "none" } as const;
const EQUAL = Array<number>(20).fill(1_000);
const TENTH_GONE = [...Array<number>(90).fill(100), ...Array<number>(10).fill(10_000)];

testRows<[name: string, durations: number[], limits: number[], age: number, rest: number]>(
  "DurationSpread.rest() gives the average rest of a try of this age",
  [
    ["a new one of equal tries", EQUAL, [], 0, 1_000],
    ["an older one of equal tries", EQUAL, [], 400, 600],
    ["a new one if a tenth hangs", TENTH_GONE, [], 0, 1_090],
    ["one that hangs", TENTH_GONE, [], 4_000, 6_000],
    ["one that takes longer than all others", EQUAL, [], 1_500, 1_500],
    ["one that takes longer, before a limit", EQUAL, [5_000, 2_000], 1_500, 500],
    ["one that takes far longer, before a limit", EQUAL, [5_000, 10_000], 4_000, 1_000],
    ["one that takes far longer, at a limit", EQUAL, [5_000, 10_000], 5_300, 0],
    ["one that takes far longer, between limits", EQUAL, [5_000, 10_000], 6_000, 4_000],
  ],
  ([, durations, limits, age, rest]) => {
    const spread = new DurationSpread(limits);
    for (const duration of durations) spread.add(duration);
    assertEquals(Math.round(spread.rest(age)), rest);
  },
  PURE,
);

testRows<[name: string, age: number, share: number, rest: number]>(
  "DurationSpread.rest() counts the tries that hang",
  [
    ["a new one", 0, 0.1, 0.9 * 1_000 + 0.1 * 5_000],
    ["an older one", 400, 0.1, 0.9 * 600 + 0.1 * 4_600],
    ["one that outlasts the others", 1_500, 0.1, 3_500],
    ["one at the limit", 5_200, 0.1, 0],
  ],
  ([, age, share, rest]) => {
    const spread = new DurationSpread([5_000, 10_000]);
    for (const duration of EQUAL) spread.add(duration);
    assertEquals(Math.round(spread.rest(age, { share, end: 5_000 })), rest);
  },
  PURE,
);

testRows<[name: string, durations: number[], pace: number, rest: number]>(
  "DurationSpread.restAtPace() gives the time from the last start to the last end",
  [
    ["equal tries, of which several run", EQUAL, 0.01, 931],
    ["equal tries, one after the other", EQUAL, 0.0005, 0],
    ["many tries of which a tenth hangs", TENTH_GONE, 0.1, 9_931],
    ["few tries of which a tenth hangs", TENTH_GONE, 0.0001, 0],
  ],
  ([, durations, pace, rest]) => {
    const spread = new DurationSpread();
    for (const duration of durations) spread.add(duration);
    assertEquals(Math.round(spread.restAtPace(pace)), rest);
  },
  PURE,
);

testRows<[tries: number, rest: number]>("DurationSpread.longestRest() expects the rare case of many tries", [
  [1, 100],
  [100, 10_000],
], ([tries, rest]) => {
  const spread = new DurationSpread();
  for (const duration of TENTH_GONE) spread.add(duration);
  assertEquals(spread.longestRest(0, tries), rest);
}, PURE);

Deno.test("DurationSpread forgets a time long ago", PURE, () => {
  const spread = new DurationSpread();
  for (let count = 0; count < 200; count++) spread.add(10_000);
  for (let count = 0; count < 2_000; count++) spread.add(100);
  assertEquals(Math.round(spread.rest(0) / 100), 1);
});
