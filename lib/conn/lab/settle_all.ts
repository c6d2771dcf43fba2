/**
 * Waits for work on several connections.
 *
 * @module
 */

/**
 * Waits until all are done, also when one fails: nothing goes on behind the back of whoever waits.
 *
 * @throws What the first of them that failed threw
 */
export async function settleAll<Work extends readonly unknown[] | []>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}
