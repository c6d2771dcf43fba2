import { assert, assertEquals } from "@std/assert";
import { LagMeter } from "../../lib/time/lag.ts";
import { stopClock } from "../_stopped_clock.ts";

Deno.test("LagMeter reports delays that it saw, but no earlier ones", () => {
  using clock = stopClock();
  using early = new LagMeter();
  clock.pass(5);
  clock.pass(120, false);
  assertEquals(early.worst, 105, "going on");
  clock.pass(0);
  clock.pass(1);
  using late = new LagMeter();
  clock.pass(29);
  assertEquals([early.worst, late.worst], [105, 10]);
});

Deno.test("LagMeter that begins during a delay reports the rest of it", () => {
  using clock = stopClock();
  using early = new LagMeter();
  clock.pass(150, false);
  using late = new LagMeter();
  clock.pass(40);
  clock.pass(25);
  assertEquals([early.worst, late.worst], [170, 40]);
});

for (const delays of [[40, 130], [130, 40]]) {
  Deno.test(`LagMeter keeps the worst of delays of ${delays.join(" and then ")} ms`, () => {
    using clock = stopClock();
    using meter = new LagMeter();
    for (const delay of delays) {
      clock.pass(25);
      clock.pass(delay);
    }
    clock.pass(25);
    assertEquals(meter.worst, 110);
  });
}

Deno.test("LagMeter sees a real delay of the event loop", async () => {
  using meter = new LagMeter();
  await new Promise<void>((resolve) => setTimeout(resolve, 1));
  for (const end = performance.now() + 130; performance.now() < end;);
  const held = meter.worst;
  await new Promise<void>((resolve) => setTimeout(resolve, 1));
  assert(held >= 105 && meter.worst >= held, `${held} ms, then ${meter.worst} ms`);
});

Deno.test("LagMeter adds up lost time, separately for later meters", () => {
  using clock = stopClock();
  using early = new LagMeter();
  for (const delay of [60, 60]) {
    clock.pass(25);
    clock.pass(delay, false);
  }
  assertEquals(early.isLate, true);
  clock.pass(0);
  assertEquals(early.facts, { lag: 65, lost: 105 });
  using late = new LagMeter();
  assertEquals(late.lost, 0);
  clock.pass(60, false);
  assertEquals([late.lost, early.lost], [40, 145]);
});

Deno.test("LagMeter ignores a delay that ended before it began", () => {
  using clock = stopClock();
  using early = new LagMeter();
  clock.pass(140);
  clock.pass(20);
  using late = new LagMeter();
  clock.pass(25);
  assertEquals([early.worst, late.worst], [120, 5]);
  assertEquals(early.worstSince(performance.now() - 10), 5);
  assertEquals(early.worstSince(performance.now() + 1), 0);
});

Deno.test("LagMeter shares one timer among thousands, and stops it with the last", () => {
  using clock = stopClock();
  const meters = Array.from({ length: 5_000 }, () => new LagMeter());
  assertEquals(clock.timers, 1);
  clock.pass(80);
  assertEquals(clock.timers, 2);
  assertEquals(new Set(meters.map(({ worst }) => worst)), new Set([60]));
  for (const meter of meters) {
    meter[Symbol.dispose]();
    meter[Symbol.dispose]();
  }
  clock.pass(500);
  assertEquals(clock.timers, 2, "no timer is set any more");
  using fresh = new LagMeter();
  clock.pass(20);
  assertEquals([fresh.worst, fresh.lost, clock.timers], [0, 0, 4]);
});

Deno.test("LagMeter ignores ordinary turns of the loop, and adds up every longer delay", () => {
  using clock = stopClock();
  using meter = new LagMeter();
  const lost = () => Math.round(meter.lost);
  for (let turn = 0; turn < 50; turn++) clock.pass(29);
  assertEquals([lost(), meter.worst], [0, 9]);
  for (let turn = 0; turn < 5; turn++) clock.pass(50);
  assertEquals([lost(), meter.worst, meter.isLate], [150, 30, false]);
  clock.pass(45, false);
  assertEquals([lost(), meter.worst, meter.isLate], [175, 30, true]);
  using later = new LagMeter();
  clock.pass(100);
  assertEquals([lost(), meter.worst], [275, 125]);
  assertEquals([Math.round(later.lost), later.worst], [100, 100]);
  clock.pass(20);
  assertEquals([lost(), Math.round(later.lost), meter.isLate], [275, 100, false]);
});
