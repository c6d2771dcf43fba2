/**
 * Looks at the octets that have arrived, without waiting for more.
 *
 * @module
 */

import type { Connection } from "./connection.ts";
import { afterTurns, TURNS_TO_SYSTEM } from "../time/loop_turns.ts";

/** Further turns, in which TLS decrypts and hands on the octets read below it. */
const TLS_TURNS = 16;

/** Milliseconds: on a busy machine a look that took longer may be out of date when it is over. */
const FRESH = 1;

/** Looks of one call at most. */
const MOST = 3;

/** Calls in a row that find something: who goes on sending then may do so for ever, if only line ends. */
export const MOST_LOOKS = 20;

/**
 * Settles once the system was asked for arrived octets of a connection, and every read that they end has given its outcome.
 * That takes about a tenth of a millisecond; a timer would take two. Octets that it does not find came after the call.
 */
export async function askSystem(connection: Connection): Promise<void> {
  for (let looks = 0; looks < MOST; looks++) {
    const startedAt = performance.now();
    await askSystemOnce(connection);
    if (performance.now() - startedAt <= FRESH) return;
  }
}

/** Does the same in one look. Octets that come while a busy machine is slow to look may be found or not. */
export async function askSystemOnce(connection: Connection): Promise<void> {
  await afterTurns(TURNS_TO_SYSTEM);
  // Octets that have come may have to wait for those of other connections.
  await connection.heldBack;
  await afterTurns(connection.tls ? TLS_TURNS : 1);
}
