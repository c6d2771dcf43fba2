/**
 * Lets the event loop turn between reads and writes that never have to wait.
 *
 * A read of octets that have already arrived resolves without a turn of the loop. A peer that always sends more could
 * keep a process in such reads, and neither timers nor other connections would get a turn. So every connection asks
 * this module before it passes on octets, and the loop turns every few milliseconds however fast they arrive.
 *
 * @module
 */

import { afterTurns, TURNS_TO_SYSTEM } from "./loop_turns.ts";

/**
 * Milliseconds of reading and writing after which the loop turns. Together with the work for one more piece this stays
 * below 10.
 */
const LONGEST_STRETCH = 4;

/** Octets that a connection gets before it has to wait: nearly every answer of an ordinary probe is shorter. */
const FREE = 64 * 1024;

/** Least number of octets that a read or write counts as, because even reading one octet takes time. */
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
   * @returns A promise to await before continuing; `undefined` if there is no need to wait
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
 * Lets one connection continue each time that Deno has asked the system for received octets. Processing its octets may
 * take all the time until the next turn.
 */
async function letOthersIn(): Promise<void> {
  while (waiting.length > 0) {
    await afterTurns(TURNS_TO_SYSTEM);
    turnedAt = performance.now();
    waiting.shift()?.();
  }
}
