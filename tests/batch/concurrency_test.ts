import { assert, assertEquals } from "@std/assert";
import { Concurrency } from "../../lib/batch/concurrency.ts";

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
