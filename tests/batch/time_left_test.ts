import { assertEquals } from "@std/assert";
import { RunMeter } from "../../lib/batch/run_meter.ts";
import { TimeLeft } from "../../lib/batch/time_left.ts";
import { testRows } from "../_test_rows.ts";

const PURE = { permissions: "none" } as const;

/** A run of which a test decides the time. */
class TestRun {
  now = 0;
  readonly meter = new RunMeter({ now: () => this.now });
  readonly timeLeft: TimeLeft;

  constructor(rate?: number) {
    this.timeLeft = new TimeLeft(this.meter, { now: () => this.now, rate });
  }

  /** Runs rounds of tries that start together and take a second; the last round has run for half a second. */
  runRounds(rounds: number, tries: number): void {
    for (let round = 0; round < rounds; round++) {
      const ends = Array.from({ length: tries }, () => this.meter.begin());
      this.now += 500;
      this.timeLeft.observe();
      this.now += 500;
      for (const end of ends) end(true);
    }
    for (let count = 0; count < tries; count++) this.meter.begin();
    this.now += 500;
    this.timeLeft.observe();
  }
}

testRows<[tries: number, left: number]>("TimeLeft.estimate() counts a running try by its age", [
  [1_000, 9_500 - 4_000],
  [500, 500],
  [450, 500],
], ([tries, left]) => {
  const run = new TestRun();
  run.runRounds(4, 100);
  assertEquals(Math.round(run.timeLeft.estimate(tries)!), left);
}, PURE);

Deno.test("TimeLeft.estimate() goes by the rate if the run keeps up with it", PURE, () => {
  const run = new TestRun(100);
  run.runRounds(4, 100);
  // 500 tries have begun in 4.5 s; 500 more begin in 5 s, and the last one takes a second.
  assertEquals(Math.round(run.timeLeft.estimate(1_000)! / 100), 60);
});

Deno.test("TimeLeft.estimate() knows nothing before a try has ended", PURE, () => {
  const run = new TestRun();
  run.runRounds(0, 10);
  assertEquals([run.timeLeft.estimate(100), run.timeLeft.pace], [undefined, 0]);
});

Deno.test("TimeLeft.pace counts the tries that ended lately", PURE, () => {
  const run = new TestRun();
  run.runRounds(60, 10);
  assertEquals(Math.round(run.timeLeft.pace * 1000), 10);
});

Deno.test("TimeLeft.pace leaves out a look at a time that is taken back", PURE, () => {
  const run = new TestRun();
  run.runRounds(4, 10);
  run.now += 4_000;
  run.timeLeft.observe();
  // The process was stopped for this long.
  run.now -= 4_000;
  run.runRounds(4, 10);
  assertEquals(Math.round(run.timeLeft.pace * 1000), 10);
});
