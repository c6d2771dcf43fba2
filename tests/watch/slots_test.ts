import { assert, assertEquals } from "@std/assert";
import { Slots } from "../../lib/watch/slots.ts";
import { stepRows, testRows } from "../_test_rows.ts";

Deno.test("Slots keep to a grid that does not drift", { permissions: "none" }, () => {
  const slots = new Slots(1000, 500, () => 0);
  let now = 500;
  for (let index = 0; index < 1000; index++) {
    const { at, skipped } = slots.take(now);
    assertEquals([at, skipped], [500 + index * 1000, 0]);
    now = at + 130;
  }
});

Deno.test("Slots counts missed starts instead of catching up", { permissions: "none" }, async (test) => {
  const rows: [takenAt: number, slot: number, skipped: number][] = [
    [0, 0, 0],
    [10, 1000, 0],
    [1001, 2000, 0],
    [5001, 5000, 2],
    [5101, 6000, 0],
    [7101, 8000, 1],
    [60_000, 60_000, 51],
  ];
  const slots = new Slots(1000, 0, () => 0);
  await stepRows(test, rows, ([takenAt, at, skipped]) => {
    assertEquals(slots.take(takenAt), { at, skipped });
  });
});

testRows<[interval: number, most: number]>(
  "Slots have a jitter of a tenth of the interval, at most ten seconds",
  [[1000, 100], [60_000, 6000], [3_600_000, 10_000]],
  ([interval, most]) => {
    assertEquals(
      new Slots(interval, 0, () => 1).take(0).at,
      most,
    );
    const { at } = new Slots(interval, 0).take(0);
    assert(at >= 0 && at <= most);
  },
  {
    permissions: "none",
  },
);

Deno.test(
  "Slots of checks that begin together start immediately, and then spread out",
  { permissions: "none" },
  () => {
    const interval = 60_000;
    const checks = Array.from({ length: 1000 }, (_, index) => {
      // The first chance is that of the grid.
      const chances = [index / 1000].values();
      const slots = new Slots(interval, 0, () => chances.next().value ?? 0);
      return Array.from({ length: 4 }, () => slots.take(0));
    });
    for (const [first, ...rest] of checks) {
      assertEquals(first!.at, 0);
      assert(rest[0]!.at >= interval / 2 && rest[0]!.at <= interval);
      for (const [index, { at, skipped }] of rest.entries()) {
        assertEquals([Math.round(at - rest[0]!.at), skipped], [index * interval, 0]);
      }
    }
    for (let tenth = 5; tenth < 10; tenth++) {
      const due = checks.filter(([, second]) => Math.floor(second!.at / (interval / 10)) === tenth);
      assert(due.length > 100 && due.length < 300, `${tenth}: ${due.length}`);
    }
  },
);
