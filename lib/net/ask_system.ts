/**
 * A look at what has arrived, without waiting for what has not.
 *
 * @module
 */

import type { Connection } from "./connection.ts";

/**
 * Turns of the event loop after which the system was asked for what has arrived. As long as there is something to do, Deno
 * asks it at every 61st turn only, so two or three turns would find nothing of what lies in the buffers of the system.
 */
const TURNS = 64;

/** Further turns, in which TLS hands on what was read below it. */
const TLS_TURNS = 16;

/** Milliseconds: on a busy machine a look that took longer may be out of date when it is over. */
const FRESH = 1;

/** Looks of one call at most. */
const MOST = 3;

/** Calls in a row that find something: who goes on sending then may do so for ever, if only line ends. */
export const MOST_LOOKS = 20;

/**
 * Settles once the system was asked what has arrived on a connection, and every read that this ends has given its outcome.
 * That takes about a tenth of a millisecond; a timer would take two. What is not there then came later than the call.
 */
export async function askSystem({ tls }: Connection): Promise<void> {
  for (let looks = 0; looks < MOST; looks++) {
    const startedAt = performance.now();
    await turn(tls ? TURNS + TLS_TURNS : TURNS);
    if (performance.now() - startedAt <= FRESH) return;
  }
}

function turn(times: number): Promise<void> {
  return new Promise((resolve) => {
    let left = times;
    const next = (): void => {
      if (--left === 0) resolve();
      else setImmediate(next);
    };
    setImmediate(next);
  });
}
