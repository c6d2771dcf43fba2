import { assertEquals } from "@std/assert";
import { standingEnds } from "../../../lib/watch/report/standing_time.ts";
import { testRows } from "../../_test_rows.ts";
import { MINUTE, runs } from "./_samples.ts";

/** Starts of runs: a number of minutes before each run after the first. */
function startsOf(distances: readonly number[]): Float64Array {
  let at = 0;
  return Float64Array.from([0, ...distances], (distance) => MINUTE * (at += distance));
}

testRows<[letters: string, interval: number, gaps: string]>(
  "standingEnds() lets a run stand until the next one, or for the usual distance if that is missing",
  [
    ["u", 1, "1"],
    ["u", 5, "5"],
    ["uu", 1, "11"],
    ["uuuu", 1, "1111"],
    ["uu uu  uu", 1, "121111"],
    ["uuu   uuu", 1, "111111"],
    ["uuu          uuu", 1, "111111"],
    ["uxxdu", 1, "11111"],
    // Started by cron each five minutes, with an interval of one minute left in the file.
    ["u    d    u    u", 1, "5555"],
    ["u    d    u                        u    u    u", 1, "555555"],
    // Two runs do not tell the usual distance if the interval is much shorter.
    ["u                                      u", 1, "11"],
  ],
  ([letters, interval, minutes]) => {
    const { at } = runs(letters);
    const ends = standingEnds({ at, interval: interval * MINUTE, took: () => 0 });
    assertEquals([...ends.map((end, run) => (end - at[run]!) / MINUTE)].join(""), minutes);
  },
  { permissions: "none" },
);

testRows<[distances: number[], stands: number[]]>(
  "standingEnds() follows an interval that changes",
  [
    [[1, 1, 1, 1, 1, 1, 60, 60, 60, 60], [1, 1, 1, 1, 1, 1, 60, 60, 60, 60, 60]],
    [[60, 60, 60, 60, 60, 1, 1, 1, 1, 1], [60, 60, 60, 60, 60, 1, 1, 1, 1, 1, 1]],
    // Nobody watched for five hours before the interval was changed, and for a day after that.
    [[1, 1, 1, 1, 1, 300, 10, 10, 10, 10, 10, 1440, 10, 10, 10], [1, 1, 1, 1, 1, 1, ...Array(10).fill(10)]],
  ],
  ([distances, stands]) => {
    const at = startsOf(distances);
    const ends = standingEnds({ at, interval: MINUTE, took: () => 0 });
    assertEquals([...ends.map((end, run) => (end - at[run]!) / MINUTE)], stands);
  },
  { permissions: "none" },
);

testRows<[distances: number[]]>(
  "standingEnds() misses no run while several watches share a history",
  [
    // Two watches with an interval of a minute, one of them six seconds after the other.
    [[0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9]],
    [[1, 1, 1, 1, 1, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 1, 1, 1]],
    // Three watches.
    [[0.1, 0.1, 0.8, 0.1, 0.1, 0.8, 0.1, 0.1, 0.8, 0.1, 0.1, 0.8]],
    // Cron starts one every five minutes, and a second time after a failure.
    [[5, 5, 0.5, 4.5, 0.5, 4.5, 0.5, 4.5, 0.5, 4.5, 0.5, 4.5, 0.5, 4.5, 5, 5]],
  ],
  ([distances]) => {
    const at = startsOf(distances);
    const ends = standingEnds({ at, interval: MINUTE, took: () => 0 });
    assertEquals(ends.slice(0, -1), at.slice(1));
  },
  { permissions: "none" },
);

testRows<[took: number, stands: number]>(
  "standingEnds() does not miss a run while the previous one lasts",
  [[0, 1], [2, 1], [8, 10]],
  ([took, stands]) => {
    const at = startsOf([1, 1, 1, 10, 1, 1, 1]);
    const ends = standingEnds({ at, interval: MINUTE, took: (run) => run === 3 ? took * MINUTE : 0 });
    assertEquals((ends[3]! - at[3]!) / MINUTE, stands);
  },
  { permissions: "none" },
);

testRows<[length: number]>(
  "standingEnds() gives the same ends for many runs as for the last of them",
  [[7], [8], [9], [20]],
  ([length]) => {
    const distances = Array.from({ length: 100 }, (_, index) => [1, 1, 2, 1, 3, 1, 1, 9][index * 7 % 8]!);
    const all = startsOf(distances);
    const last = all.slice(-length);
    const ends = (at: Float64Array) => standingEnds({ at, interval: MINUTE, took: () => 0 });
    assertEquals(ends(last).slice(6), ends(all).slice(-length).slice(6));
  },
  { permissions: "none" },
);
