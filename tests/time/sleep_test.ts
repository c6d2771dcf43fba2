import { assert } from "@std/assert";
import { sleep } from "../../lib/time/sleep.ts";

/** Longer than the longest timer of the system, and without end. */
for (const ms of [2 ** 31, Infinity]) {
  Deno.test(`sleep() of ${ms} ms lasts until it is aborted`, async () => {
    const stop = new AbortController();
    const start = performance.now();
    const timer = setTimeout(() => stop.abort(), 40);
    await sleep(ms, stop.signal);
    clearTimeout(timer);
    const lasted = performance.now() - start;
    assert(lasted >= 39, `${lasted} ms`);
  });
}
