import { assert, assertEquals } from "@std/assert";
import { Concurrency } from "../../lib/batch/concurrency.ts";
import { stopClock } from "../_stopped_clock.ts";
import { testRows } from "../_test_rows.ts";

Deno.test("Concurrency halves what was under way at a fault, once for all that began before it", () => {
  const concurrency = new Concurrency(1000);
  const { epoch } = concurrency;
  assertEquals(concurrency.fault(epoch, 600), true);
  assertEquals(concurrency.limit, 300);
  assertEquals(concurrency.fault(epoch, 599), false);
  assertEquals(concurrency.limit, 300);
  assert(concurrency.resumeAt > performance.now());
});

Deno.test("Concurrency never goes below one", () => {
  const concurrency = new Concurrency(3);
  for (let fault = 0; fault < 10; fault++) concurrency.fault(concurrency.epoch, 1);
  assertEquals(concurrency.limit, 1);
});

Deno.test("Concurrency grows again after a run of successes, but not beyond what was asked for", () => {
  const concurrency = new Concurrency(2);
  concurrency.fault(concurrency.epoch, 2);
  assertEquals(concurrency.limit, 1);
  let successes = 0;
  while (concurrency.limit < 2 && successes < 100_000) {
    concurrency.success();
    successes++;
  }
  assert(successes > 10 && successes < 1_000, `${successes}`);
  for (let success = 0; success < 10_000; success++) concurrency.success();
  assertEquals(concurrency.limit, 2);
});

/** Successes until the limit is one higher. */
function countTrial(concurrency: Concurrency): number {
  const { limit } = concurrency;
  for (let successes = 1; successes <= 20_000; successes++) {
    concurrency.success();
    if (concurrency.limit > limit) return successes;
  }
  return Infinity;
}

Deno.test("Concurrency grows by one after each trial, and tries for longer after each setback", () => {
  const concurrency = new Concurrency(100);
  concurrency.fault(concurrency.epoch, 100);
  const trials = [countTrial(concurrency), countTrial(concurrency)];
  assertEquals(concurrency.limit, 52);
  assertEquals(trials[0], trials[1], "the trial stays the same without a setback");
  concurrency.fault(concurrency.epoch, 52);
  assertEquals(countTrial(concurrency), 2 * trials[0]!);
  for (let fault = 0; fault < 20; fault++) concurrency.fault(concurrency.epoch, 100);
  assert(countTrial(concurrency) <= 8_192, "the trial has a bound");
});

Deno.test("Concurrency begins a trial anew at a setback", () => {
  const concurrency = new Concurrency(4);
  concurrency.fault(concurrency.epoch, 4);
  const trial = countTrial(concurrency);
  for (let success = 1; success < trial; success++) concurrency.success();
  concurrency.fault(concurrency.epoch, 3);
  concurrency.success();
  assertEquals(concurrency.limit, 1);
});

Deno.test("Concurrency pauses twice as long after each setback in a row, up to a bound, until a success", () => {
  using clock = stopClock();
  const concurrency = new Concurrency(10);
  const pause = (): number => {
    concurrency.fault(concurrency.epoch, 10);
    return concurrency.resumeAt - clock.now;
  };
  const first = pause();
  assertEquals(concurrency.setbacks, 1);
  const second = pause();
  assertEquals(second, 2 * first);
  for (let fault = 0; fault < 20; fault++) pause();
  const longest = pause();
  assertEquals(longest, 5_000);
  concurrency.success();
  assertEquals(concurrency.setbacks, 0);
  assert(pause() < longest / 2);
});

Deno.test("Concurrency goes down gently where only time was short, and comes back soon", () => {
  const concurrency = new Concurrency(1000);
  const { epoch } = concurrency;
  assertEquals([concurrency.late(epoch, 800), concurrency.limit], [true, 600]);
  assertEquals([concurrency.late(epoch, 700), concurrency.limit], [false, 600], "it began before");
  for (let late = 0; late < 50; late++) concurrency.late(concurrency.epoch, 1000);
  assertEquals(concurrency.limit, 32);
  let successes = 0;
  for (; concurrency.limit < 1000 && successes < 100_000; successes++) concurrency.success();
  assert(successes < 5_000, `${successes} successes until it is as high as before`);
});

testRows(
  "Concurrency of a few is at most halved where only time was short",
  [[1, 1], [2, 1], [5, 3], [10, 5], [100, 32]] as const,
  ([most, least]) => {
    const concurrency = new Concurrency(most);
    for (let late = 0; late < 50; late++) concurrency.late(concurrency.epoch, most);
    assertEquals(concurrency.limit, least, `of ${most}`);
  },
);

Deno.test("Concurrency grows slowly again after a lack of resources, whatever came before", () => {
  const concurrency = new Concurrency(100);
  concurrency.late(concurrency.epoch, 100);
  concurrency.fault(concurrency.epoch, 100);
  const { limit } = concurrency;
  assertEquals(countTrial(concurrency) > 64 && concurrency.limit === limit + 1, true);
});
