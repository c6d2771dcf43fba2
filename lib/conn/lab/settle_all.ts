/**
 * Waits for work on several connections.
 *
 * @module
 */

/**
 * Waits until all promises have settled, even if one fails: nothing continues after this returns.
 *
 * @throws The error of the first one that failed
 */
export async function settleAll<Work extends readonly unknown[] | []>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}
