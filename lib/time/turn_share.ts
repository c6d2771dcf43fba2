/**
 * Lets the event loop turn between reads and writes that never have to wait.
 *
 * A read of octets that are there already resolves without a turn of the loop. A peer that always has more keeps a process
 * in such reads, and neither a timer nor another connection gets its turn. So every connection asks here before it hands
 * out octets, and the loop turns every few milliseconds however fast they come.
 *
 * @module
 */

import { afterTurns, TURNS_TO_SYSTEM } from "./loop_turns.ts";

/** Milliseconds of reading and writing after which the loop turns. With the work for one more piece it is under 10. */
const LONGEST_STRETCH = 4;

/** Octets that a connection gets before it has to wait: nearly every answer of an ordinary probe is shorter. */
const FREE = 64 * 1024;

/** The least that a read or write counts: reading one octet at a time takes time too. */
const LEAST = 1024;

/** `performance.now()` when the loop last turned for a caller. */
let turnedAt = 0;

/** Connections that wait for their turn. */
const waiting: (() => void)[] = [];

/** The octets that one connection has had since it last waited. */
export class TurnShare {
  #taken = 0;

  /**
   * Counts octets that were read or written.
   *
   * @returns What to wait for before going on; `undefined` if nothing
   */
  take(octets: number): Promise<void> | undefined {
    this.#taken += Math.max(octets, LEAST);
    if (this.#taken < FREE) return undefined;
    if (waiting.length === 0 && performance.now() - turnedAt < LONGEST_STRETCH) return undefined;
    this.#taken = 0;
    return new Promise((resolve) => {
      if (waiting.push(resolve) === 1) void letOthersIn();
    });
  }
}

/**
 * Lets one connection go on each time that Deno has asked the system for arrived octets. The work with its octets may take
 * all the time until the next turn.
 */
async function letOthersIn(): Promise<void> {
  while (waiting.length > 0) {
    await afterTurns(TURNS_TO_SYSTEM);
    turnedAt = performance.now();
    waiting.shift()?.();
  }
}
