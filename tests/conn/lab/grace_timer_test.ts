import { assert, assertEquals } from "@std/assert";
import { GraceTimer } from "../../../lib/conn/lab/grace_timer.ts";
import { stopClock } from "../../_stopped_clock.ts";

Deno.test("GraceTimer fires after its time", async () => {
  const startedAt = performance.now();
  using timer = new GraceTimer(30);
  assertEquals(await timer.over, undefined);
  assert(performance.now() - startedAt >= 29);
});

const ROWS: readonly (readonly [late: number, again: number])[] = [[0, 0], [20, 0], [21, 21], [100, 100], [
  3_000,
  1_000,
]];

for (const [late, again] of ROWS) {
  Deno.test(`GraceTimer that is ${late} ms late waits another ${again} ms`, async () => {
    using clock = stopClock();
    using timer = new GraceTimer(10);
    let rang = false;
    void timer.over.then(() => rang = true);
    const seesIt = async (ms: number): Promise<boolean> => {
      clock.pass(ms);
      await Promise.resolve();
      return rang;
    };
    assertEquals(await seesIt(9), false);
    assertEquals(await seesIt(1 + late), again === 0);
    if (again > 0) assertEquals([await seesIt(again - 1), await seesIt(1)], [false, true]);
  });
}

Deno.test("GraceTimer does not fire after it is disposed of", async () => {
  let rang = false;
  const timer = new GraceTimer(1);
  void timer.over.then(() => rang = true);
  timer[Symbol.dispose]();
  using later = new GraceTimer(30);
  await later.over;
  assertEquals(rang, false);
});
