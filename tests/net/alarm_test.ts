import { assert, assertEquals } from "@std/assert";
import { clearAlarm, setAlarm } from "../../lib/net/alarm.ts";

/** Waits for an alarm that is due in some milliseconds; gives the time it was told and how late it was. */
function alarmIn(ms: number): Promise<{ at: number; late: number }> {
  const due = performance.now() + ms;
  const { promise, resolve } = Promise.withResolvers<{ at: number; late: number }>();
  setAlarm(due, (at) => resolve({ at, late: performance.now() - due }));
  return promise;
}

Deno.test("setAlarm() calls no earlier than asked for, those of one millisecond and of others", async () => {
  const rung = await Promise.all([1, 1, 1.2, 5, 20, 0].map(alarmIn));
  for (const { late } of rung) assert(late >= 0 && late < 5_000, `${late} ms late`);
});

Deno.test("clearAlarm() calls off one and leaves the others of the same time", async () => {
  const due = performance.now() + 10;
  const called: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = (): void => void called.push("first");
  const at = setAlarm(due, first);
  assertEquals(setAlarm(at, () => called.push("second")), at);
  assertEquals(setAlarm(at, () => resolve()), at);
  clearAlarm(at, first);
  await promise;
  assertEquals(called, ["second"]);
});

Deno.test("clearAlarm() leaves no timer when nothing is left of a time", () => {
  const call = (): void => {};
  const at = setAlarm(performance.now() + 60_000, call);
  clearAlarm(at, call);
  // A timer that is left would be reported by the sanitizer of this test.
  clearAlarm(at, call);
});
