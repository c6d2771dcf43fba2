import { assertEquals } from "@std/assert";
import { compareRunPace, findPaceChanges, type PacePair } from "../../../lib/report/diff/pace.ts";
import { testRows } from "../../_test_rows.ts";

/** Targets with times of a spread that does not depend on chance. */
function targets(count: number, times: (index: number) => [before: number, after: number]): PacePair[] {
  return Array.from({ length: count }, (_, index) => {
    const [before, after] = times(index);
    return { input: `t${index}`, before: [before], after: [after] };
  });
}

/** Values that spread by a tenth around a middle. */
const around = (middle: number, index: number) => middle * (0.95 + 0.1 * ((index * 7) % 11) / 10);
const steady = (index: number): [number, number] => [around(50, index), around(50, index + 3)];
const values = (middle: number, count = 10) =>
  Array.from({ length: count }, (_, index) => around(middle, index));

testRows<[name: string, pairs: PacePair[], changes: string[]]>(
  "findPaceChanges() finds only what chance does not explain",
  [
    ["the usual spread", targets(40, steady), []],
    ["one target that took far longer", targets(40, (i) => i === 3 ? [50, 500] : steady(i)), ["t3 slower"]],
    ["one target that got far faster", targets(40, (i) => i === 3 ? [500, 50] : steady(i)), ["t3 faster"]],
    ["a difference of few milliseconds", targets(40, (i) => i === 3 ? [1, 40] : steady(i)), []],
    ["less than twice as long", targets(40, (i) => i === 3 ? [500, 900] : steady(i)), []],
    ["every target took twice as long", targets(40, (i) => [around(200, i), around(400, i + 3)]), []],
    ["a spread as large as the difference", targets(40, (i) => i % 2 === 0 ? [50, 500] : [500, 50]), []],
    ["too few targets to know the spread", targets(10, (i) => i === 3 ? [50, 500] : steady(i)), []],
    ["many values of one target", [{ input: "a", before: values(50), after: values(70) }], ["a slower"]],
    ["many equal values", [{ input: "a", before: values(50), after: values(50) }], []],
    ["many values that moved little", [{ input: "a", before: values(50), after: values(52) }], []],
    ["few values that do not overlap", [{ input: "a", before: values(50, 5), after: values(20, 5) }], [
      "a faster",
    ]],
    ["fewer than five values", [{ input: "a", before: values(50, 4), after: values(500, 4) }], []],
    ["times of zero", targets(40, () => [0, 0]), []],
    ["nothing", [], []],
  ],
  ([_, pairs, changes]) => {
    assertEquals(findPaceChanges(pairs).map(({ input, kind }) => `${input} ${kind}`), changes);
  },
  { permissions: "none" },
);

testRows<[name: string, pairs: PacePair[], slower: number | undefined]>(
  "compareRunPace() compares the times of all targets",
  [
    ["the usual spread", targets(40, steady), undefined],
    ["all took longer", targets(40, (i) => [around(50, i), around(60, i)]), 40],
    ["all got faster", targets(40, (i) => [around(60, i), around(50, i)]), 0],
    ["all took a little longer", targets(40, (i) => [around(50, i), around(51, i)]), undefined],
    ["too few targets", targets(10, (i) => [around(50, i), around(90, i)]), undefined],
    ["nothing", [], undefined],
  ],
  ([_, pairs, slower]) => {
    assertEquals(compareRunPace(pairs)?.slower, slower);
  },
  { permissions: "none" },
);
