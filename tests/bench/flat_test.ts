import { assertEquals, assertThrows } from "@std/assert";
import { findTrends, type Sample } from "../../bench/_flat.ts";
import { testRows } from "../_test_rows.ts";

const MIB = 2 ** 20;

/** Thirty samples that are flat, with some noise, but for what is changed by the share of the run that is over. */
function samples(change: (share: number) => Partial<Sample>, count = 30): Sample[] {
  return Array.from({ length: count }, (_, index) => {
    const noise = 1 + ((index * 7919) % 11 - 5) / 100;
    const usual = {
      descriptors: 80 * noise,
      memory: 150 * MIB * noise,
      heap: 20 * MIB * noise,
      rate: 900 * noise,
    };
    return { at: index * 20, ...usual, ...change(index / count) };
  });
}

testRows<readonly [name: string, change: (share: number) => Partial<Sample>, figures: string[]]>(
  "findTrends() finds measurements that are not flat despite noise",
  [
    ["nothing", () => ({}), []],
    ["a descriptor now and then", (share) => ({ descriptors: 80 + 40 * share }), ["descriptors"]],
    ["memory", (share) => ({ memory: (150 + 40 * share) * MIB }), ["memory"]],
    ["the heap", (share) => ({ heap: (20 + 5 * share) * MIB }), ["heap"]],
    ["the rate", (share) => ({ rate: 900 - 400 * share }), ["rate"]],
    ["a rate that rises", (share) => ({ rate: 900 + 400 * share }), []],
    ["memory that is given back", (share) => ({ memory: (150 - 50 * share) * MIB }), []],
    ["warming up", (share) => share < 0.15 ? { memory: 60 * MIB, rate: 100 } : {}, []],
    [
      "one sample far off",
      (share) => share === 0.5 ? { memory: 900 * MIB, descriptors: 900, rate: 1 } : {},
      [],
    ],
    ["everything", (share) => ({
      descriptors: 80 + 80 * share,
      memory: (150 + 90 * share) * MIB,
      heap: (20 + 9 * share) * MIB,
      rate: 900 - 500 * share,
    }), ["descriptors", "memory", "heap", "rate"]],
  ],
  ([name, change, figures]) => {
    const found = findTrends(samples(change)).filter(({ flat }) => !flat).map(({ figure }) => figure);
    assertEquals(found, figures as typeof found, name);
  },
  { permissions: "none" },
);

Deno.test("findTrends() does not judge a few samples", { permissions: "none" }, () => {
  assertThrows(
    () => findTrends(samples(() => ({}), 9)),
    RangeError,
    "Cannot compute a trend: 8 samples are needed, and there are 7",
  );
});
