import { assertEquals } from "@std/assert";
import { WakeTimer } from "../../lib/batch/wake_timer.ts";

Deno.test("WakeTimer keeps the earliest time, and does not fire immediately for a time beyond its range", async () => {
  let calls = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const far = new WakeTimer(() => calls++);
  far.set(performance.now() + 2 ** 31 + 1000);
  far.set(performance.now() + 2 ** 40);
  const near = new WakeTimer(resolve);
  near.set(performance.now() + 60_000);
  near.set(performance.now() + 30);
  near.set(performance.now() + 90_000);
  await promise;
  far.close();
  near.close();
  assertEquals(calls, 0);
});
