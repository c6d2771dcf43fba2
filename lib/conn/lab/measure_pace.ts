/**
 * Measures how fast a server answers, and whether it serves several connections at a time.
 *
 * @module
 */

import type { Answer } from "../answer.ts";
import type { Pace } from "../estimate.ts";
import type { Site } from "../site.ts";
import { CannotTell } from "./cannot_tell.ts";
import { Lab } from "./lab.ts";
import type { LabConnection } from "./lab_connection.ts";
import { settleAll } from "./settle_all.ts";

/** Milliseconds for an answer beside another connection, in addition to {@linkcode SLOWER} times the answer alone. */
const MIN_WAIT_MS = 1_000;
const SLOWER = 3;
/** Answers that take fewer milliseconds do not show whether the server makes them one after the other. */
const SLOW = 100;
/** Factor by which the second of two sequential answers takes longer than the first. */
const SHARE = 1.6;

/**
 * Sends an ordinary request, then two at the same time on two connections; the first connection is reused if it was
 * kept.
 *
 * @returns The measured pace; without an answer, the time of the first contact
 */
export async function measurePace(site: Site): Promise<Pace> {
  const lab = new Lab(site);
  let answerMs = site.answerMs ?? 0;
  try {
    await using first = await lab.open();
    answerMs = Math.max(answerMs, timeOf(await lab.mustAsk(first)));
    const waitMs = MIN_WAIT_MS + SLOWER * answerMs;
    const opened = await lab.tryOpen();
    if ("error" in opened) return { answerMs, oneAtATime: true };
    await using second = opened.connection;
    if (first.reusable) return { answerMs, oneAtATime: await areTurns(lab, [first, second], waitMs) };
    await using third = await lab.open();
    return { answerMs, oneAtATime: await areTurns(lab, [second, third], waitMs) };
  } catch (error) {
    // The experiments will report any fault of the answers.
    if (error instanceof CannotTell) return { answerMs, oneAtATime: false };
    throw error;
  } finally {
    lab.close();
  }
}

/** Tells whether the server serves a second connection only after the first one, or after its request. */
async function areTurns(
  lab: Lab,
  connections: readonly [LabConnection, LabConnection],
  waitMs: number,
): Promise<boolean> {
  const request = lab.subject.request();
  const [one, other] = await settleAll([
    connections[0].ask(request, waitMs),
    connections[1].ask(request, waitMs),
  ]);
  // If a second request on a kept connection gets no answer, keep-alive will report that.
  if (one.type !== "answered") return false;
  if (other.type === "late") return other.firstOctetAt === undefined;
  const times = [timeOf(one), timeOf(other)].sort((a, b) => a - b);
  return times[0]! >= SLOW && times[1]! >= SHARE * times[0]!;
}

function timeOf({ startedAt, lastOctetAt = startedAt }: Answer): number {
  return Math.max(0, lastOctetAt - startedAt);
}
