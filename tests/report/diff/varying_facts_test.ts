import { assertEquals } from "@std/assert";
import { RunDiff } from "../../../lib/report/diff/run_diff.ts";
import { formatRunDiff } from "../../../lib/report/diff/run_diff_text.ts";
import { formatRunDiffJson } from "../../../lib/report/diff/run_diff_json.ts";
import { testRows } from "../../_test_rows.ts";
import { goodResult } from "../_samples.ts";

/** Gives a value of a field for a target of one of the two runs. */
type ValueOf = (index: number, run: 0 | 1) => string;

/** Compares runs of 60 targets whose answers have one field, and gives the field and what became of the targets. */
function compare(valueOf: ValueOf): ReturnType<RunDiff["compare"]> {
  const diff = new RunDiff();
  for (const run of [0, 1] as const) {
    for (let index = 0; index < 60; index++) {
      const row = goodResult({ input: `t${index}`, headers: [["X-Field", valueOf(index, run)]] });
      diff.add(run === 0 ? "before" : "after", row);
    }
  }
  return diff.compare();
}

/** A number that looks random, below `limit`. */
const random = (index: number, run: number, limit: number): number =>
  (Math.imul(index * 2 + run + 1, 0x9e3779b1) >>> 8) % limit;
const hex = (index: number, run: number): string => random(index, run, 2 ** 24).toString(16).padStart(6, "0");

testRows<[name: string, valueOf: ValueOf]>(
  "RunDiff takes no value for a change that differs from answer to answer",
  [
    ["numbers of requests", (index, run) => hex(index, run)],
    ["a token in a longer value", (index, run) => `sid=${hex(index, run)}; Path=/${index}`],
    ["times", (index, run) => `${random(index, run, 40)} ms`],
    ["counters that only grow", (index, run) => String(1_000_000 + run * 7_000 + random(index, run, 5_000))],
    ["servers of a pool", (index, run) => `web-${["a", "b", "c", "d"][random(index, run, 4)]}`],
    ["a cache", (index, run) => random(index, run, 3) === 0 ? "MISS" : "HIT"],
  ],
  ([_, valueOf]) => {
    const { changes, summary } = compare(valueOf);
    assertEquals([changes, summary.same, summary.varying?.map(([fact]) => fact)], [[], 60, [
      "header.x-field",
    ]]);
  },
  { permissions: "none" },
);

testRows<[name: string, valueOf: ValueOf, changed: number]>(
  "RunDiff tells a change of a field from chance",
  [
    ["one value for all", (_, run) => `nginx/1.2${run + 7}`, 60],
    ["another part of each value", (index, run) => `/${["old", "v2"][run]}/host${index}`, 60],
    ["most servers have a new version", (index, run) => (index % 10 === 0) === (run === 0) ? "v2" : "v1", 60],
    ["the next build of each server", (index, run) => `build ${index + run}`, 60],
    ["some servers", (index, run) => run === 1 && index < 15 ? hex(index, run) : `host ${index}`, 15],
    ["few targets", (index, run) => index < 9 ? hex(index, run) : "", 9],
    ["nothing", (index) => hex(index, 0), 0],
  ],
  ([_, valueOf, changed]) => {
    const { changes, summary } = compare(valueOf);
    assertEquals([changes.length, summary.same, summary.varying], [changed, 60 - changed, undefined]);
  },
  { permissions: "none" },
);

Deno.test("the summary of a comparison names the facts that vary", { permissions: "none" }, () => {
  const compared = compare((index, run) => hex(index, run));
  assertEquals(
    formatRunDiff(compared),
    "60 rows: 60 the same\n" +
      "varying      header.x-field: 60\n" +
      "             no change: these values differ from answer to answer",
  );
  assertEquals(JSON.parse(formatRunDiffJson(compared)).varying, { "header.x-field": 60 });
});
