import { assert, assertEquals } from "@std/assert";
import { ConcurrencyLimit } from "../../lib/batch/concurrency_limit.ts";
import { stopClock } from "../_stopped_clock.ts";
import { testRows } from "../_test_rows.ts";

Deno.test("ConcurrencyLimit halves the number of running jobs at a fault, once for all jobs that began before it", () => {
  const concurrency = new ConcurrencyLimit(1000);
  const { epoch } = concurrency;
  assertEquals(concurrency.noteExhaustion(epoch, 600), true);
  assertEquals(concurrency.limit, 300);
  assertEquals(concurrency.noteExhaustion(epoch, 599), false);
  assertEquals(concurrency.limit, 300);
  assert(concurrency.resumeAt > performance.now());
});

Deno.test("ConcurrencyLimit never goes below one", () => {
  const concurrency = new ConcurrencyLimit(3);
  for (let fault = 0; fault < 10; fault++) concurrency.noteExhaustion(concurrency.epoch, 1);
  assertEquals(concurrency.limit, 1);
});

Deno.test("ConcurrencyLimit grows again after a run of successes, up to the configured limit", () => {
  const concurrency = new ConcurrencyLimit(2);
  concurrency.noteExhaustion(concurrency.epoch, 2);
  assertEquals(concurrency.limit, 1);
  let successes = 0;
  while (concurrency.limit < 2 && successes < 100_000) {
    concurrency.noteSuccess();
    successes++;
  }
  assert(successes > 10 && successes < 1_000, `${successes}`);
  for (let success = 0; success < 10_000; success++) concurrency.noteSuccess();
  assertEquals(concurrency.limit, 2);
});

/** Counts the successes until the limit is one higher. */
function countTrial(concurrency: ConcurrencyLimit): number {
  const { limit } = concurrency;
  for (let successes = 1; successes <= 20_000; successes++) {
    concurrency.noteSuccess();
    if (concurrency.limit > limit) return successes;
  }
  return Infinity;
}

Deno.test("ConcurrencyLimit grows by one after each trial, and makes each trial longer after a setback", () => {
  const concurrency = new ConcurrencyLimit(100);
  concurrency.noteExhaustion(concurrency.epoch, 100);
  const trials = [countTrial(concurrency), countTrial(concurrency)];
  assertEquals(concurrency.limit, 52);
  assertEquals(trials[0], trials[1], "the trial stays the same without a setback");
  concurrency.noteExhaustion(concurrency.epoch, 52);
  assertEquals(countTrial(concurrency), 2 * trials[0]!);
  for (let fault = 0; fault < 20; fault++) concurrency.noteExhaustion(concurrency.epoch, 100);
  assert(countTrial(concurrency) <= 8_192, "the trial has a bound");
});

Deno.test("ConcurrencyLimit restarts a trial after a setback", () => {
  const concurrency = new ConcurrencyLimit(4);
  concurrency.noteExhaustion(concurrency.epoch, 4);
  const trial = countTrial(concurrency);
  for (let success = 1; success < trial; success++) concurrency.noteSuccess();
  concurrency.noteExhaustion(concurrency.epoch, 3);
  concurrency.noteSuccess();
  assertEquals(concurrency.limit, 1);
});

Deno.test("ConcurrencyLimit pauses twice as long after each setback in a row, up to a bound, until a success", () => {
  using clock = stopClock();
  const concurrency = new ConcurrencyLimit(10);
  const pause = (): number => {
    concurrency.noteExhaustion(concurrency.epoch, 10);
    return concurrency.resumeAt - clock.now;
  };
  const first = pause();
  assertEquals(concurrency.setbacks, 1);
  const second = pause();
  assertEquals(second, 2 * first);
  for (let fault = 0; fault < 20; fault++) pause();
  const longest = pause();
  assertEquals(longest, 5_000);
  concurrency.noteSuccess();
  assertEquals(concurrency.setbacks, 0);
  assert(pause() < longest / 2);
});

Deno.test("ConcurrencyLimit shrinks gently if only time was short, and recovers soon", () => {
  const concurrency = new ConcurrencyLimit(1000);
  const { epoch } = concurrency;
  assertEquals([concurrency.noteStarvation(epoch, 800), concurrency.limit], [true, 600]);
  assertEquals([concurrency.noteStarvation(epoch, 700), concurrency.limit], [false, 600], "it began before");
  for (let late = 0; late < 50; late++) concurrency.noteStarvation(concurrency.epoch, 1000);
  assertEquals(concurrency.limit, 32);
  let successes = 0;
  for (; concurrency.limit < 1000 && successes < 100_000; successes++) concurrency.noteSuccess();
  assert(successes < 5_000, `${successes} successes until it is as high as before`);
});

testRows(
  "ConcurrencyLimit at most halves a small limit if only time was short",
  [[1, 1], [2, 1], [5, 3], [10, 5], [100, 32]] as const,
  ([most, least]) => {
    const concurrency = new ConcurrencyLimit(most);
    for (let late = 0; late < 50; late++) concurrency.noteStarvation(concurrency.epoch, most);
    assertEquals(concurrency.limit, least, `of ${most}`);
  },
);

Deno.test("ConcurrencyLimit grows slowly after a lack of resources, whatever happened before", () => {
  const concurrency = new ConcurrencyLimit(100);
  concurrency.noteStarvation(concurrency.epoch, 100);
  concurrency.noteExhaustion(concurrency.epoch, 100);
  const { limit } = concurrency;
  assertEquals(countTrial(concurrency) > 64 && concurrency.limit === limit + 1, true);
});
