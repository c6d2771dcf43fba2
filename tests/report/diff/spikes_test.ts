import { assertEquals } from "@std/assert";
import type { PaceChange } from "../../../lib/report/diff/pace.ts";
import { sortOutSpikes } from "../../../lib/report/diff/spikes.ts";
import { testRows } from "../../_test_rows.ts";

/** Makes changes of targets that took about `factor` times as long, or became as much faster. */
function changes(count: number, kind: PaceChange["kind"], { factor = 10, values = 1 } = {}): PaceChange[] {
  return Array.from({ length: count }, (_, index) => {
    const long = 50 * factor * (1 + index % 20 / 100) * (kind === "faster" ? 1.001 : 1);
    const [before, after] = kind === "slower" ? [50, long] : [long, 50];
    return { input: `${kind}${factor}-${index}`, kind, before, after, values };
  });
}

testRows<
  [name: string, changes: PaceChange[], slower: number, faster: number, spikes: [number, number] | undefined]
>(
  "sortOutSpikes() leaves out long times that come and go",
  [
    ["nothing", [], 0, 0, undefined],
    ["one direction", changes(200, "slower"), 200, 0, undefined],
    ["few in either direction", [...changes(14, "slower"), ...changes(14, "faster")], 14, 14, undefined],
    ["as many in either direction", [...changes(90, "slower"), ...changes(80, "faster")], 0, 0, [90, 80]],
    ["more than chance in one direction", [...changes(200, "slower"), ...changes(20, "faster")], 200, 0, [
      0,
      20,
    ]],
    [
      "stronger ones in one direction",
      [...changes(12, "slower", { factor: 99 }), ...changes(90, "slower"), ...changes(80, "faster")],
      12,
      0,
      [90, 80],
    ],
    [
      "many times of each target",
      [
        ...changes(90, "slower", { values: 20 }),
        ...changes(80, "faster", { values: 20 }),
      ],
      90,
      80,
      undefined,
    ],
    [
      "few times of each target",
      [
        ...changes(90, "slower", { values: 4 }),
        ...changes(80, "faster", { values: 4 }),
      ],
      0,
      0,
      [90, 80],
    ],
  ],
  ([_, all, slower, faster, spikes]) => {
    const sorted = sortOutSpikes(all);
    const count = (kind: PaceChange["kind"]) => sorted.changes.filter((it) => it.kind === kind).length;
    assertEquals([count("slower"), count("faster")], [slower, faster]);
    assertEquals(sorted.spikes, spikes && { slower: spikes[0], faster: spikes[1] });
  },
  { permissions: "none" },
);
