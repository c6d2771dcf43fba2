/**
 * How long a computation takes, whatever else the machine has to do.
 *
 * @module
 */

import process from "node:process";

/**
 * Milliseconds that a computation takes: by the clock or by the time that the processors gave this process, whichever is
 * less. Other programs lengthen only the first, other threads of this process only the second.
 */
export function spentBy(run: () => void): number {
  const begin = performance.now();
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return Math.min(performance.now() - begin, (user + system) / 1000);
}
