import { assert, assertEquals } from "@std/assert";
import { probeAll } from "../../lib/batch.ts";
import type { ProbeResult } from "../../lib/result.ts";
import { DEADLINE, type Fault, SLACK, USUAL, verdictOf } from "./_fault.ts";
import { FAULTS } from "./_faults.ts";
import { type RunningFault, startFault } from "./_start.ts";
import { skipWaits } from "../_skipped_waits.ts";

/** True if it needs only the deadline that all faults get here. */
function isPlain({ options = {} }: Fault): boolean {
  return Object.keys(options).every((name) => name === "maxTime");
}

const ALIKE = FAULTS.filter(isPlain);

/** All faults running at once, by URL. */
async function startAll(faults: readonly Fault[], stack: AsyncDisposableStack): Promise<Map<string, Fault>> {
  const running: RunningFault[] = await Promise.all(faults.map(startFault));
  for (const one of running) stack.use(one);
  return new Map(running.map(({ url }, index) => [url, faults[index]!]));
}

Deno.test("probeAll() of the whole zoo gives each server one row with its verdict, in time", async () => {
  using _clock = skipWaits();
  assert(ALIKE.length >= 50, `${ALIKE.length}`);
  await using stack = new AsyncDisposableStack();
  const faults = await startAll(ALIKE, stack);
  const startedAt = performance.now();
  const wrong: string[] = [];
  const seen = new Set<string>();
  // Flooding servers take time from all others, so the deadline is longer than in tests of a single fault.
  const options = { ...USUAL, maxTime: 2 * DEADLINE, concurrency: 16 };
  for await (const result of probeAll(faults.keys(), options)) {
    const fault = faults.get(result.input)!;
    seen.add(result.input);
    const verdict = verdictOf(result, fault);
    const { total } = result.timings;
    if (JSON.stringify(verdict) !== JSON.stringify(verdictInOrder(fault))) {
      wrong.push(`${fault.does}: ${JSON.stringify(verdict)} and not ${JSON.stringify(fault.verdict)}`);
    }
    if (total > 2 * DEADLINE + SLACK) wrong.push(`${fault.does}: after ${total} ms`);
  }
  assertEquals(wrong, []);
  assertEquals(seen.size, faults.size);
  const elapsed = performance.now() - startedAt;
  assert(elapsed < 15_000, `${elapsed} ms`);
});

for (const fault of FAULTS.filter((fault) => !isPlain(fault))) {
  Deno.test(`probeAll() of a server that ${fault.does}, with options of its own`, async () => {
    using _clock = skipWaits();
    await using running = await startFault(fault);
    const rows: ProbeResult[] = [];
    for await (const row of probeAll([running.url], { ...USUAL, ...fault.options })) rows.push(row);
    assertEquals(rows.map((row) => verdictOf(row, fault)), [verdictInOrder(fault)]);
  });
}

/** In the order of properties that {@linkcode verdictOf} has. */
function verdictInOrder({ verdict: { error, status, deviations, end } }: Fault): Fault["verdict"] {
  return {
    ...(error && { error }),
    ...(status !== undefined && { status }),
    ...(deviations && { deviations }),
    ...(end && { end }),
  };
}
