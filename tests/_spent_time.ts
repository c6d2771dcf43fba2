/**
 * Measures how long a computation takes on a busy machine.
 *
 * @module
 */

import { assertLess } from "@std/assert";
import process from "node:process";

/**
 * Measures the milliseconds of a computation: by the clock or by the CPU time of this process, whichever is less. Other
 * programs lengthen only the first, other threads of this process only the second.
 */
export function spentBy(run: () => void): number {
  const begin = performance.now();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return Math.min(performance.now() - begin, (user + system) / 1000);
}

/** Measurements of each amount at most: a pause for other work, or for garbage, is not in all of them. */
const MOST_TRIES = 10;
/** Times as long as in proportion to the amount that it may take. */
const ROOM = 4;
/** Milliseconds that every computation may take beside that. */
const SLACK = 50;

/**
 * Asserts that a computation takes time in proportion to an amount: that of `large` lasts `large / small` times as long as that
 * of `small`. Of many measurements the shortest ones count.
 *
 * @param time Gives the milliseconds for an amount
 * @param large At least eight times as much as `small`, so that what grows by the square fails however often it is tried
 */
export function assertProportional(time: (amount: number) => number, small: number, large: number): void {
  time(small / 2);
  let [short, long, limit] = [Infinity, Infinity, 0];
  for (let tries = 0; tries < MOST_TRIES && !(long < limit); tries++) {
    short = Math.min(short, time(small));
    long = Math.min(long, time(large));
    limit = (large / small) * ROOM * short + SLACK;
  }
  assertLess(long, limit);
}
