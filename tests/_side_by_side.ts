/**
 * Tables whose rows mostly wait: each has a server of its own, and they are tried at the same time.
 *
 * @module
 */

/** Rows at the same time. With more of them, those that measure would disturb each other. */
const MOST = 8;

/** What is tried, in words, and how. */
export type Row = readonly [name: string, run: () => Promise<void>];

/** One test with a step for each row; the sanitizers look at all of them together. */
export function testSideBySide(name: string, rows: readonly Row[]): void {
  Deno.test(name, async (test) => {
    const waiting = rows.values();
    const work = async (): Promise<void> => {
      for (const [name, fn] of waiting) {
        await test.step({ name, fn, sanitizeOps: false, sanitizeResources: false, sanitizeExit: false });
      }
    };
    await Promise.all(Array.from({ length: MOST }, work));
  });
}
