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
  assert(early.worst >= 95 && early.worst < 2_000, `${early.worst}`);
  assert(late.worst < 90, `${late.worst}`);
  assert(early.worstSince(performance.now()) < 90);
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

Deno.test("LagMeter in thousands costs one timer, which stops with the last of them", async () => {
  const meters = Array.from({ length: 5_000 }, () => new LagMeter());
  await turn();
  block(60);
  await turn(25);
  for (const meter of meters) assert(meter.worst >= 35);
  for (const meter of meters) {
    meter[Symbol.dispose]();
    meter[Symbol.dispose]();
  }
  using fresh = new LagMeter();
  await turn();
  assertEquals(fresh.worst < 35, true, `${fresh.worst}`);
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

/** Runs with a clock of its own: `pass` lets time go by and rings the timer that is set. */
function withClock(test: (pass: (ms: number, ring?: boolean) => void) => void): void {
  const { now } = performance;
  const { timeout } = AbortSignal;
  let clock = 1_000;
  let timer = new AbortController();
  performance.now = () => clock;
  AbortSignal.timeout = () => (timer = new AbortController()).signal;
  try {
    test((ms, ring = true) => {
      clock += ms;
      if (ring) timer.abort();
    });
  } finally {
    performance.now = now;
    AbortSignal.timeout = timeout;
  }
}

Deno.test("LagMeter takes ordinary turns of the loop for no loss, and adds up every longer delay", () => {
  withClock((pass) => {
    using meter = new LagMeter();
    for (let turn = 0; turn < 50; turn++) pass(29);
    assertEquals([meter.lost, meter.worst], [0, 9]);
    for (let turn = 0; turn < 5; turn++) pass(50);
    assertEquals([meter.lost, meter.worst, meter.isLate], [150, 30, false]);
    pass(45, false);
    assertEquals([meter.lost, meter.worst, meter.isLate], [175, 30, true]);
    using later = new LagMeter();
    pass(100);
    assertEquals([meter.lost, meter.worst], [275, 125]);
    assertEquals([later.lost, later.worst], [100, 100]);
    pass(20);
    assertEquals([meter.lost, later.lost, meter.isLate], [275, 100, false]);
  });
});
