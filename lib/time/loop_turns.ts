/**
 * Counts turns of the event loop for callers that wait for a number of turns.
 *
 * @module
 */

/**
 * Turns after which Deno has certainly asked the system for received octets. While there is other work, Deno asks only
 * at every 61st turn, so two or three turns could miss octets in the buffers of the system.
 */
export const TURNS_TO_SYSTEM = 64;

/** Turns counted so far. */
let turns = 0;

/** The waiting callers by the turn that ends their wait. */
const waiting = new Map<number, (() => void)[]>();

/** Settles after some turns; with nothing else to do, each takes about a microsecond. */
export function afterTurns(count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const due = turns + count;
  const others = waiting.get(due);
  if (others) {
    others.push(resolve);
  } else {
    if (waiting.size === 0) setImmediate(turn);
    waiting.set(due, [resolve]);
  }
  return promise;
}

function turn(): void {
  const due = waiting.get(++turns);
  waiting.delete(turns);
  if (waiting.size > 0) setImmediate(turn);
  due?.forEach((call) => call());
}
