import { assert, assertEquals } from "@std/assert";
import { clearAlarm, setAlarm } from "../../lib/time/alarm.ts";
import { runScript } from "../_process.ts";

/** Waits for an alarm that is due in some milliseconds; gives the time it was told and how late it was. */
function alarmIn(ms: number): Promise<{ at: number; late: number }> {
  const due = performance.now() + ms;
  const { promise, resolve } = Promise.withResolvers<{ at: number; late: number }>();
  setAlarm(due, (at) => resolve({ at, late: performance.now() - due }));
  return promise;
}

Deno.test("setAlarm() never calls early, for the same or for different milliseconds", async () => {
  const rung = await Promise.all([1, 1, 1.2, 5, 20, 0].map(alarmIn));
  for (const { late } of rung) assert(late >= 0 && late < 60_000, `${late} ms late`);
});

Deno.test("clearAlarm() cancels one call and keeps the others at the same time", async () => {
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

Deno.test("setAlarm() calls in the order of time, whichever was set first, even after all were cancelled", async () => {
  for (let round = 0; round < 3; round++) {
    const off = (): void => {};
    clearAlarm(setAlarm(performance.now() + 15, off), off);
    const called: number[] = [];
    const wait = (ms: number) => alarmIn(ms).then(() => called.push(ms));
    await Promise.all([30, 5, 60, 10].map(wait));
    assertEquals(called, [5, 10, 30, 60]);
  }
});

Deno.test("clearAlarm() lets the process end when no alarm is left", async () => {
  const script = `const call = () => {};
    const at = it.setAlarm(performance.now() + 600_000, call);
    it.clearAlarm(at, call);
    it.clearAlarm(at, call);
    it.setAlarm(performance.now() + 20, () => console.log("called"));`;
  const { code, stdout } = await runScript("lib/time/alarm.ts", script);
  assertEquals([code, stdout], [0, "called\n"]);
});
