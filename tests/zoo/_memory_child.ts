/**
 * Probes the whole zoo again and again, and prints after each round how much is left: octets of heap after a collection of
 * garbage, and open file descriptors. Run with `--v8-flags=--expose-gc`.
 *
 * @module
 */

import { probeAll } from "../../lib/batch.ts";
import { USUAL } from "./_fault.ts";
import { FAULTS } from "./_faults.ts";
import { startFault } from "./_start.ts";

const ROUNDS = 9;
/** Milliseconds. */
const ROUND_TIME = 3_000;

async function runRound(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const urls: string[] = [];
  for (const fault of FAULTS) urls.push(stack.use(await startFault(fault)).url);
  let rows = 0;
  const options = { ...USUAL, maxTime: 300, linger: { kept: 5, closing: 30 }, concurrency: 64 };
  for await (const _ of probeAll(urls, options)) rows++;
  if (rows !== urls.length) throw new Error(`${rows} rows for ${urls.length} faults`);
}

function countDescriptors(): number {
  return Deno.build.os === "linux" ? [...Deno.readDirSync("/proc/self/fd")].length : 0;
}

if (import.meta.main) {
  const { gc } = globalThis as unknown as { gc(): void };
  let fewest = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    await runRound();
    // The system frees closed resources a little later, especially on a busy machine. Leaked ones stay.
    const patience = performance.now() + ROUND_TIME;
    do await new Promise((resolve) => setTimeout(resolve, 50)); while (
      countDescriptors() > fewest && performance.now() < patience
    );
    fewest = Math.min(fewest, countDescriptors());
    gc();
    console.log(JSON.stringify({ heap: Deno.memoryUsage().heapUsed, descriptors: countDescriptors() }));
  }
}
