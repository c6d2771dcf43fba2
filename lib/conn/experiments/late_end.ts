/**
 * Tells an end that belongs to the answer from one that any idle connection would have met.
 *
 * @module
 */

import { endFacts } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";

/** Milliseconds for a server to close; between the idle timeouts in common use. */
export const END_LIMIT = 3_400;
/** Most milliseconds between an answer and an end that belongs to it: such a connection was never idle. */
export const AT_ONCE = 40;
/** An end that comes later than this many milliseconds may be an idle timeout that has nothing to do with the request. */
const PROMPT = 500;
/** Two times that differ by less, in milliseconds, are the same timeout. */
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
 * @returns `undefined` if all came at once, or if it lives for longer than {@linkcode END_LIMIT}
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

/** Tells whether an end was the idle timeout that {@linkcode measureIdleEnd} gave. */
export function isIdleEnd(end: End | undefined, idle: number | undefined): boolean {
  return end !== undefined && end.after > PROMPT && idle !== undefined && Math.abs(end.after - idle) < SAME;
}
