/**
 * Distinguishes an end that belongs to the answer from an ordinary idle timeout.
 *
 * @module
 */

import { endFacts } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";

/** Milliseconds for a server to close; the value lies between common idle timeouts. */
export const END_LIMIT = 3_400;
/** Maximum milliseconds between an answer and an end that belongs to it: such a connection was never idle. */
export const AT_ONCE = 40;
/** An end later than this many milliseconds may be an idle timeout, unrelated to the request. */
const PROMPT = 500;
/** Two times with a smaller difference, in milliseconds, are the same timeout. */
const SAME = 400;

/** The peer's end of a connection, with the milliseconds after the last octet. */
export interface End {
  readonly how: string;
  /** For `close-notify`: whether FIN followed. */
  readonly fin?: boolean | undefined;
  readonly finAfter?: number | undefined;
  readonly after: number;
}

/**
 * Measures the idle timeout after an ordinary answer, if one of the ends came late.
 *
 * @returns `undefined` if all ends came immediately, or if the connection outlives {@linkcode END_LIMIT}
 * @throws {CannotTell} If an ordinary request is not answered
 */
export async function measureIdleEnd(
  lab: Lab,
  ends: readonly (End | undefined)[],
): Promise<number | undefined> {
  if (!ends.some((end) => end !== undefined && end.after > PROMPT)) return undefined;
  await using connection = await lab.open();
  await lab.mustAsk(connection);
  await connection.wait(END_LIMIT, () => connection.end !== undefined);
  return endFacts(connection)?.after;
}

/** Tells whether an end was the idle timeout that {@linkcode measureIdleEnd} found. */
export function isIdleEnd(end: End | undefined, idle: number | undefined): boolean {
  return end !== undefined && end.after > PROMPT && idle !== undefined && Math.abs(end.after - idle) < SAME;
}
