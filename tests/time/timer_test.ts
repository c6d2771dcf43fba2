import { assert, assertEquals } from "@std/assert";
import { callAfter } from "../../lib/time/timer.ts";
import { runScript } from "../_process.ts";

Deno.test("callAfter() calls once, in the order of time, and never early", async () => {
  const start = performance.now();
  const calls: [ms: number, at: number][] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const ms of [20, 0, 5.5, -1]) callAfter(ms, () => calls.push([ms, performance.now() - start]));
  callAfter(40, resolve);
  await promise;
  assertEquals(calls.map(([ms]) => ms), [0, -1, 5.5, 20]);
  // The system counts in whole milliseconds, of which the first has begun already.
  for (const [ms, at] of calls) assert(at >= ms - 1, `${ms}: ${at}`);
});

Deno.test("callAfter() returns a function that cancels the call, even repeatedly or after the call", async () => {
  let calls = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const callOff = callAfter(1, () => calls++);
  callOff();
  callOff();
  const late = callAfter(5, resolve);
  await promise;
  late();
  assertEquals(calls, 0);
});

Deno.test("callAfter() does not call early if the delay is infinite or exceeds the system's range", async () => {
  const calls: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const callsOff = [2 ** 31 - 1, 2 ** 31 - 0.5, 2 ** 31, 2 ** 33, Infinity].map((ms) =>
    callAfter(ms, () => calls.push(ms))
  );
  callAfter(40, resolve);
  await promise;
  callsOff.forEach((callOff) => callOff());
  assertEquals(calls, []);
});

Deno.test("callAfter() keeps the process alive until it is cancelled", async () => {
  const { code, stdout } = await runScript(
    "lib/time/timer.ts",
    `it.callAfter(600_000, () => {})(); it.callAfter(20, () => console.log("called"));`,
  );
  assertEquals([code, stdout], [0, "called\n"]);
});

Deno.test("callAfter() waits beyond the system's range, and can be cancelled at any time", () => {
  const { timeout } = AbortSignal;
  const parts: { ms: number; end: AbortController }[] = [];
  AbortSignal.timeout = (ms) => {
    const end = new AbortController();
    parts.push({ ms, end });
    return end.signal;
  };
  try {
    let calls = 0;
    const callOff = callAfter(2 ** 32, () => calls++);
    const other = callAfter(2 ** 31 + 5, () => calls++);
    parts[0]!.end.abort();
    parts[1]!.end.abort();
    assertEquals([calls, parts.map(({ ms }) => ms)], [0, [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1, 6]]);
    callOff();
    parts[2]!.end.abort();
    assertEquals([calls, parts.length], [0, 4], "it was called off in its second part");
    parts[3]!.end.abort();
    assertEquals(calls, 1);
    other();
  } finally {
    AbortSignal.timeout = timeout;
  }
});
