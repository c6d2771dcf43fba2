/**
 * The requests of experiment `keep-alive` on one connection, one after the other.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { endFacts, type HeadFacts, headFacts } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import { formatHow } from "../lab/format_end.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { withoutUndefined } from "../../without_undefined.ts";

/** Requests on each connection. */
export const REQUESTS = 3;
/**
 * Milliseconds of silence before the last request with keep-alive: a server that closes this soon keeps nothing. It is
 * not one second, a common idle timeout, because then the request would meet the close.
 */
export const PAUSE = 700;
/** Milliseconds for a second answer, or an end, that left the server together with the answer. */
export const SETTLE = 40;
/** Tolerance in milliseconds: a server may count its announced time from an earlier moment. */
const TOLERANCE = 250;

/** The field that asks the server to keep the connection. */
export const ASKING = [["Connection", "keep-alive"]] as const;

/** The results of the requests on one connection. */
export interface KeptRun {
  /** True if the requests had `Connection: keep-alive`. */
  readonly asked: boolean;
  readonly answered: number;
  readonly heads: readonly HeadFacts[];
  /** Octets that came without a request. */
  readonly surplus: number;
  /** The reason to stop: all requests done, an announced close, or a lost connection. */
  readonly stop: "done" | "announced" | "lost";
  /** The loss in words; only with `lost`. */
  readonly loss?: string;
  /** True if the connection should have stayed open for longer; only with `lost`. */
  readonly lied: boolean;
  /** Milliseconds of silence after which the connection ended. */
  readonly closedAfter?: number;
  readonly how?: string;
}

/** The reason to stop, with the facts that go with it. */
type Stop = Pick<KeptRun, "stop" | "lied"> & Partial<KeptRun>;

/**
 * Sends the requests until all are answered, or the connection is not kept.
 *
 * @param asked True to send `Connection: keep-alive`, and the last request after a pause
 * @throws {CannotTell} If the first request is not answered, or the answers forbid further requests
 */
export async function runKept(lab: Lab, asked: boolean): Promise<KeptRun> {
  await using connection = await lab.open();
  const request = lab.subject.request(asked ? { headers: ASKING } : {});
  const heads: HeadFacts[] = [];
  const result = (stop: Stop): KeptRun => ({
    asked,
    answered: heads.length,
    heads,
    surplus: connection.surplusBytes,
    ...stop,
  });
  heads.push(headFacts((await lab.mustAsk(connection, request)).response));
  for (let number = 2; number <= REQUESTS; number++) {
    const stop = await rest(connection, heads, asked && number === REQUESTS ? PAUSE : 0);
    if (stop) return result(stop);
    const answer = await connection.ask(request, lab.settings.answerTime);
    if (answer.type === "late") {
      return result({ stop: "lost", lied: true, loss: `request ${number} on the connection got no answer` });
    }
    if (answer.type !== "answered") {
      const loss = `request ${number} was not answered: ${formatMissingAnswer(answer)}`;
      return result(withoutUndefined({ stop: "lost", lied: true, loss, how: connection.end?.how }));
    }
    heads.push(headFacts(answer.response!));
  }
  await connection.wait(SETTLE);
  return result({ stop: "done", lied: false });
}

/** Waits between two requests; returns a reason against the second one. */
async function rest(
  connection: LabConnection,
  heads: readonly HeadFacts[],
  pause: number,
): Promise<Stop | undefined> {
  await connection.wait(Math.max(pause, SETTLE));
  const ready = await connection.ready();
  if (connection.surplusBytes > 0) return { stop: "done", lied: false };
  const { persistent, max } = heads.at(-1)!;
  if (!persistent || max === 0) return { stop: "announced", lied: false };
  const ended = endFacts(connection);
  if (ended) return judgeEnd(ended, heads, pause > 0);
  // It switched to another protocol, or RFC 9112 §6.3 forbids further requests because of its framing.
  if (!ready) {
    throw new CannotTell("after such an answer no request may follow on the connection");
  }
  return undefined;
}

/** Tells whether a close between two requests contradicts the server's announcement. */
function judgeEnd(
  { how, after }: { how: string; after: number },
  heads: readonly HeadFacts[],
  afterPause: boolean,
): Stop {
  const { timeout } = heads.at(-1)!;
  const early = timeout === undefined
    // Nothing was promised: a server may close an idle connection at any time, but not immediately after every answer.
    ? !afterPause || after < SETTLE
    : after < timeout * 1000 - TOLERANCE;
  const loss = `the connection was closed with ${formatHow(how)} ${
    formatDuration(after)
  } after answer ${heads.length}`;
  return { stop: "lost", lied: early, loss, closedAfter: after, how };
}
