import { assertEquals } from "@std/assert";
import { CountedProgress } from "../../../lib/cli/output/counted_progress.ts";
import { StatusLine } from "../../../lib/cli/output/status_line.ts";
import { testRows } from "../../_test_rows.ts";

/** No terminal: the test asks for the text itself. */
const STATUS = new StatusLine({ terminal: false, broken: false, write: () => Promise.resolve() }, () => 80);

/** Ends a step at each of these milliseconds, and gives the line at a later moment. */
function lineAt(
  moment: number,
  steps: readonly number[],
  { oneByOne, stopped = 0 }: { readonly oneByOne: boolean; readonly stopped?: number },
): string[] {
  let now = 0;
  const progress = new CountedProgress({ status: STATUS, now: () => now }, {
    total: 10,
    noun: "request",
    oneByOne,
  });
  for (const step of steps) {
    now = step;
    progress.take();
  }
  now = moment;
  progress.skip(stopped);
  return progress.format();
}

testRows<[name: string, lines: string[], expected: string[]]>(
  "CountedProgress counts the steps of a long run",
  [
    ["a short run", lineAt(1_999, [1_000], { oneByOne: true }), []],
    ["the first step", lineAt(2_500, [], { oneByOne: true }), [
      "0 of 10 requests done",
      "0 of 10 requests done",
    ]],
    [
      "one by one",
      lineAt(3_000, [1_000, 2_000, 3_000], { oneByOne: true }),
      ["3 of 10 requests done, 7 s left", "3 of 10 requests done"],
    ],
    [
      "between two steps",
      lineAt(3_900, [1_000, 2_000, 3_000], { oneByOne: true }),
      ["3 of 10 requests done, 6 s left", "3 of 10 requests done"],
    ],
    [
      "side by side",
      lineAt(3_000, [1_000, 2_000, 3_000], { oneByOne: false }),
      ["3 of 10 requests done", "3 of 10 requests done"],
    ],
    [
      "after a stop",
      lineAt(63_500, [1_000, 2_000, 3_000], { oneByOne: true, stopped: 60_000 }),
      ["3 of 10 requests done, 7 s left", "3 of 10 requests done"],
    ],
  ],
  ([, lines, expected]) => {
    assertEquals(lines, expected);
  },
  { permissions: "none" },
);

Deno.test("CountedProgress says for how long a single step lasts, and what follows it", {
  permissions: "none",
}, () => {
  let now = 0;
  const progress = new CountedProgress({ status: STATUS, now: () => now }, { total: 1, noun: "check" });
  now = 2_400;
  assertEquals(progress.format(), ["waiting for the check, 2 s"]);
  progress.take();
  progress.goOn("delivering notices");
  assertEquals(progress.format(), ["1 of 1 check done, delivering notices", "1 of 1 check done"]);
});
