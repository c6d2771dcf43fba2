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
 * Milliseconds of silence before the last request where keep-alive is asked for: whoever closes so soon keeps nothing.
 * Away from one second, which servers have as their idle timeout: the request would meet the close.
 */
export const PAUSE = 700;
/** Milliseconds for a second answer, or an end, that was sent together with the answer to arrive. */
export const SETTLE = 40;
/** A server may count the time that it announced from an earlier moment; in milliseconds. */
const TOLERANCE = 250;

/** Asks for a connection that is kept. */
export const ASKING = [["Connection", "keep-alive"]] as const;

/** The results of the requests on one connection. */
export interface KeptRun {
  /** True if the requests had `Connection: keep-alive`. */
  readonly asked: boolean;
  readonly answered: number;
  readonly heads: readonly HeadFacts[];
  /** Octets that came without a request. */
  readonly surplus: number;
  /** The reason to stop: all done, an announced close, or a lost connection. */
  readonly stop: "done" | "announced" | "lost";
  /** For `lost`, in words. */
  readonly loss?: string;
  /** For `lost`: the connection was to stay open for longer. */
  readonly lied: boolean;
  /** Milliseconds of silence after which it ended. */
  readonly closedAfter?: number;
  readonly how?: string;
}

/** The reason to stop, with the facts that go with it. */
type Stop = Pick<KeptRun, "stop" | "lied"> & Partial<KeptRun>;

/**
 * Sends the requests until all are answered, or the connection is not kept.
 *
 * @param asked Whether `Connection: keep-alive` is sent, and the last request after a pause
 * @throws {CannotTell} If the first request is not answered, or the answers forbid to go on
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

/** Waits between two requests; what it gives speaks against the second. */
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
  // It switched to another protocol, or its framing is such that RFC 9112 §6.3 forbids to go on.
  if (!ready) {
    throw new CannotTell("after such an answer no request may follow on the connection");
  }
  return undefined;
}

/** The server closed between two requests: is that against what it had said? */
function judgeEnd(
  { how, after }: { how: string; after: number },
  heads: readonly HeadFacts[],
  afterPause: boolean,
): Stop {
  const { timeout } = heads.at(-1)!;
  const early = timeout === undefined
    // Nothing was promised: a server may close an idle connection at any time, but not at once after every answer.
    ? !afterPause || after < SETTLE
    : after < timeout * 1000 - TOLERANCE;
  const loss = `it was closed with ${formatHow(how)} ${formatDuration(after)} after answer ${heads.length}`;
  return { stop: "lost", lied: early, loss, closedAfter: after, how };
}
