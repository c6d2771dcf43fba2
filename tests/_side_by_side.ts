/**
 * Tests tables whose rows mostly wait. Each row has its own server, and many rows run at the same time.
 *
 * @module
 */

import { skipWaits } from "./_skipped_waits.ts";

/** Most rows that run at the same time. */
const MOST = 12;

/** The name of a row, and its test. */
export type Row = readonly [name: string, run: () => Promise<void>];

/**
 * Makes one test with a step for each row, and skips the time in which all rows wait. Put the slowest rows first. The
 * sanitizers look at all rows together.
 */
export function testSideBySide(name: string, rows: readonly Row[]): void {
  Deno.test(name, async (test) => {
    using _clock = skipWaits();
    const waiting = rows.values();
    const work = async (): Promise<void> => {
      for (const [name, fn] of waiting) {
        await test.step({
          name,
          fn,
          sanitizeOps: false,
          sanitizeResources: false,
          sanitizeExit: false,
        });
      }
    };
    await Promise.all(Array.from({ length: MOST }, work));
  });
}
