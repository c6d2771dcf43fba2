/**
 * Looks at the octets that have arrived, without waiting for more.
 *
 * @module
 */

import type { Connection } from "./connection.ts";
import { afterTurns, TURNS_TO_SYSTEM } from "../time/loop_turns.ts";

/** Further turns, in which TLS decrypts and passes on the octets that were read below it. */
const TLS_TURNS = 16;

/** Milliseconds. On a busy machine, a look that took longer may be out of date when it ends. */
const FRESH = 1;

/** Maximum looks in one call. */
const MOST = 3;

/** Maximum calls in a row that find octets. A peer that keeps sending, even just line ends, could go on for ever. */
export const MOST_LOOKS = 20;

/**
 * Settles once the system was asked for arrived octets of a connection, and every read that they complete has given its
 * outcome. That takes about a tenth of a millisecond; a timer would take two. If it misses octets, they came after the
 * call.
 */
export async function askSystem(connection: Connection): Promise<void> {
  for (let looks = 0; looks < MOST; looks++) {
    const startedAt = performance.now();
    await askSystemOnce(connection);
    if (performance.now() - startedAt <= FRESH) return;
  }
}

/** Does the same in one look. If octets come while a busy machine is slow to look, it may find or miss them. */
export async function askSystemOnce(connection: Connection): Promise<void> {
  await afterTurns(TURNS_TO_SYSTEM);
  // Octets that have arrived may have to wait for those of other connections.
  await connection.heldBack;
  await afterTurns(connection.tls ? TLS_TURNS : 1);
}
