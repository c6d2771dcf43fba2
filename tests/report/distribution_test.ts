import { assertEquals } from "@std/assert";
import { describeDistribution } from "../../lib/report/distribution.ts";
import { layOutStatistics } from "../../lib/report/statistics_table.ts";
import { plain } from "../../lib/text/paint.ts";
import { testRows } from "../_test_rows.ts";

function upTo(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => index + 1);
}

testRows<[count: number, p90: number | undefined, p99: number | undefined]>(
  "describeDistribution() gives no percentile of fewer values than it needs",
  [
    [1, undefined, undefined],
    [9, undefined, undefined],
    [10, 9, undefined],
    [99, 90, undefined],
    [100, 90, 99],
    [1000, 900, 990],
  ],
  ([count, p90, p99]) => {
    const found = describeDistribution(upTo(count));
    assertEquals([found.count, found.min, found.p90, found.p99, found.max], [count, 1, p90, p99, count]);
    assertEquals(["p90" in found, "p99" in found], [p90 !== undefined, p99 !== undefined]);
  },
  { permissions: "none" },
);

const ROWS = [["connect", describeDistribution(upTo(9))], [
  "total",
  describeDistribution(Float64Array.from([...upTo(1199), 65_000])),
]] as const;

testRows<[width: number, lines: string[]]>(
  "layOutStatistics() has the same columns at every width, below each other where they do not fit",
  [
    [80, [
      "              count      min   median      p90      p99      max",
      "  connect         9     1 ms     5 ms        -        -     9 ms",
      "  total       1,200     1 ms   600 ms   1.08 s   1.19 s    1m 5s",
    ]],
    [Infinity, [
      "              count      min   median      p90      p99      max",
      "  connect         9     1 ms     5 ms        -        -     9 ms",
      "  total       1,200     1 ms   600 ms   1.08 s   1.19 s    1m 5s",
    ]],
    [63, [
      "              count      min   median",
      "  connect         9     1 ms     5 ms",
      "  total       1,200     1 ms   600 ms",
      "                p90      p99      max",
      "  connect         -        -     9 ms",
      "  total      1.08 s   1.19 s    1m 5s",
    ]],
    [40, [
      "              count      min   median",
      "  connect         9     1 ms     5 ms",
      "  total       1,200     1 ms   600 ms",
      "                p90      p99      max",
      "  connect         -        -     9 ms",
      "  total      1.08 s   1.19 s    1m 5s",
    ]],
  ],
  ([width, lines]) => {
    assertEquals(layOutStatistics(ROWS, { width, paint: plain, verbose: false }), lines);
    assertEquals(layOutStatistics([], { width, paint: plain, verbose: false }), []);
  },
  { permissions: "none" },
);
