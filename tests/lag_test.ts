import { assert, assertEquals } from "@std/assert";
import { LagMeter } from "../lib/lag.ts";

/** Holds up the event loop. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

const turn = (ms = 0) => new Promise<void>((resolve) => setTimeout(resolve, ms));

Deno.test("LagMeter tells the delay that was seen while it ran, not those before", async () => {
  using early = new LagMeter();
  await turn();
  block(120);
  assert(early.worst >= 95, `going on: ${early.worst}`);
  await turn(30);
  using late = new LagMeter();
  await turn(30);
  assert(early.worst >= 95 && early.worst > late.worst, `${early.worst} and ${late.worst}`);
});

Deno.test("LagMeter that begins within a delay tells the rest of it", async () => {
  using early = new LagMeter();
  await turn();
  block(150);
  using late = new LagMeter();
  block(40);
  await turn(25);
  assert(early.worst >= 165, `${early.worst}`);
  assert(late.worst >= 35 && late.worst < early.worst - 100, `${late.worst} of ${early.worst}`);
});

Deno.test("LagMeter keeps the worst of several delays, in whichever order they come", async () => {
  for (const delays of [[40, 130], [130, 40]]) {
    using meter = new LagMeter();
    for (const delay of delays) {
      await turn(25);
      block(delay);
      await turn(25);
    }
    assert(meter.worst >= 105, `${delays}: ${meter.worst}`);
  }
});

Deno.test("LagMeter adds up the time that was lost, and keeps later meters apart", async () => {
  using early = new LagMeter();
  for (const delay of [60, 60]) {
    await turn(25);
    block(delay);
  }
  assert(early.isLate);
  await turn(25);
  const { lag, lost } = early.facts;
  assert(lost >= 80 && lost >= lag, `${lost} ms, ${lag} at once`);
  using late = new LagMeter();
  assertEquals(late.lost, 0);
  await turn();
  block(60);
  assert(late.lost >= 35 && early.lost >= lost + 35, `${late.lost} of ${early.lost}`);
});

/** A clock that stands still until it is told to go on. */
interface TestClock {
  /** Timers that were set so far. */
  readonly timers: number;
  /** Lets time go by, and rings the timer that was set last. */
  pass(ms: number, ring?: boolean): void;
}

function withClock(test: (clock: TestClock) => void): void {
  const { now } = performance;
  const { timeout } = AbortSignal;
  let moment = 1_000;
  const timers: AbortController[] = [];
  performance.now = () => moment;
  AbortSignal.timeout = () => {
    const timer = new AbortController();
    timers.push(timer);
    return timer.signal;
  };
  try {
    test({
      get timers() {
        return timers.length;
      },
      pass: (ms, ring = true) => {
        moment += ms;
        if (ring) timers.at(-1)?.abort();
      },
    });
  } finally {
    performance.now = now;
    AbortSignal.timeout = timeout;
  }
}

Deno.test("LagMeter tells nothing of a delay that was over when it began", () => {
  withClock((clock) => {
    using early = new LagMeter();
    clock.pass(140);
    clock.pass(20);
    using late = new LagMeter();
    clock.pass(25);
    assertEquals([early.worst, late.worst], [120, 5]);
    assertEquals(early.worstSince(performance.now() - 10), 5);
    assertEquals(early.worstSince(performance.now() + 1), 0);
  });
});

Deno.test("LagMeter in thousands costs one timer, which stops with the last of them", () => {
  withClock((clock) => {
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
});

Deno.test("LagMeter takes ordinary turns of the loop for no loss, and adds up every longer delay", () => {
  withClock((clock) => {
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
});
