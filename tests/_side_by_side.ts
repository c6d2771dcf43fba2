/**
 * Tables whose rows mostly wait: each has a server of its own, and they are tried at the same time.
 *
 * @module
 */

import { LagMeter } from "../lib/time/lag.ts";

/** Rows at the same time. With more of them, those that measure would disturb each other. */
const MOST = 12;

/** Milliseconds for which this process was held up in all: a row that failed meanwhile has measured the machine. */
const HELD_UP = 50;
/** Tries of such a row. */
const TRIES = 3;

/** What is tried, in words, and how. */
export type Row = readonly [name: string, run: () => Promise<void>];

/** One test with a step for each row, the longest ones best first; the sanitizers look at all of them together. */
export function testSideBySide(name: string, rows: readonly Row[]): void {
  Deno.test(name, async (test) => {
    const waiting = rows.values();
    const work = async (): Promise<void> => {
      for (const [name, fn] of waiting) {
        await test.step({
          name,
          fn: () => tryRow(fn),
          sanitizeOps: false,
          sanitizeResources: false,
          sanitizeExit: false,
        });
      }
    };
    await Promise.all(Array.from({ length: MOST }, work));
  });
}

/** Runs a row, and again where it failed while this process was held up; a failure in time counts at once. */
async function tryRow(run: () => Promise<void>): Promise<void> {
  for (let tries = 1;; tries++) {
    using lag = new LagMeter();
    try {
      return await run();
    } catch (error) {
      if (lag.lost < HELD_UP || tries === TRIES) throw error;
    }
  }
}
