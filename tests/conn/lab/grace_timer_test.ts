import { assert, assertEquals } from "@std/assert";
import { GraceTimer } from "../../../lib/conn/lab/grace_timer.ts";

/** Holds the whole process up. */
function block(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until;);
}

Deno.test("GraceTimer rings after its time", async () => {
  const startedAt = performance.now();
  using timer = new GraceTimer(30);
  assertEquals(await timer.over, undefined);
  assert(performance.now() - startedAt >= 29);
});

Deno.test("GraceTimer gives as much time again as its process was held up", async () => {
  using timer = new GraceTimer(10);
  const startedAt = performance.now();
  block(110);
  await timer.over;
  const passed = performance.now() - startedAt;
  assert(passed >= 200 && passed < 1_100, `${passed} ms`);
});

Deno.test("GraceTimer does not ring any more once it is disposed of", async () => {
  let rang = false;
  const timer = new GraceTimer(1);
  void timer.over.then(() => rang = true);
  timer[Symbol.dispose]();
  using later = new GraceTimer(30);
  await later.over;
  assertEquals(rang, false);
});
