/**
 * Waits for promises on several connections.
 *
 * @module
 */

/**
 * Waits until all promises have settled, even if one fails: nothing continues after this returns.
 *
 * @throws The error of the first one that failed
 */
export async function settleAll<Promises extends readonly unknown[] | []>(
  promises: Promises,
): Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }> {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}
