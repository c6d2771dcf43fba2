/**
 * Sends a request piece by piece, for the experiments `slow-head` and `slow-body`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { encodeLatin1 } from "../../http/octets.ts";
import type { EndFacts } from "../answer.ts";
import type { ExperimentVerdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { howFacts, peerEnd, toSeconds } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { formatHow, formatLoss } from "../lab/format_end.ts";

/** The outcomes of a slow request. */
export type SlowOutcome = "gives-up" | "outlives" | "answers";

/** Milliseconds between two pieces: shorter than the usual timeouts for a single read. */
export const INTERVAL = 900;
/** Pause between pieces of a second try, as a share of the time after which the server gave up on the first piece. */
const SHARE = 0.4;
/** Minimum milliseconds between two pieces. */
const LEAST_INTERVAL = 20;
/** Milliseconds in which an answer that did not wait for the rest comes, in addition to twice an ordinary answer. */
const PROMPT = 250;
/** The meaning of each outcome. */
export const SLOW_OUTCOMES: Readonly<Record<SlowOutcome, string>> = {
  "gives-up":
    "the server gives up although octets keep coming: it limits the whole time or the rate; some servers check only when a piece comes",
  outlives:
    "the server was still waiting at the end of the watch (--idle-limit): if it has a limit, it applies to each read",
  answers: "the server answers without waiting for the rest",
};

/** A request that is sent piece by piece. */
export interface Drip {
  readonly beginning: Uint8Array;
  readonly method: string;
  readonly piece: (number: number) => string;
}

/**
 * Sends the pieces until the server answers or ends the connection, or the watch is over.
 *
 * @throws {CannotTell} If an ordinary request is not answered
 */
export async function runSlow(lab: Lab, drip: Drip): Promise<ExperimentVerdict<SlowOutcome>> {
  const usual = await timeOrdinaryAnswer(lab);
  const first = await observe(lab, drip, INTERVAL);
  // The server gave up before the second piece. Only a quicker pace shows whether the limit is for each read or for the
  // whole.
  const quicker = Math.max(LEAST_INTERVAL, SHARE * first.ms);
  const tooSlow = first.gone && first.pieces === 0 && !answersWithoutRest(first, usual);
  const second = tooSlow && quicker < INTERVAL ? await observe(lab, drip, quicker) : first;
  const perRead = tooSlow && (!second.gone || second.ms > 1.5 * first.ms) ? toSeconds(first.ms) : undefined;
  return judge(second, { usual, perRead, idleLimit: lab.settings.idleLimit });
}

/**
 * Milliseconds of an ordinary answer: if the answer to a slow request comes as soon, it has not waited for the rest.
 */
async function timeOrdinaryAnswer(lab: Lab): Promise<number> {
  await using connection = await lab.open();
  const { startedAt, firstOctetAt = startedAt } = await lab.mustAsk(connection);
  return firstOctetAt - startedAt;
}

interface Observation {
  /** True if the server answered or ended the connection. */
  readonly gone: boolean;
  /** Milliseconds until then, or of the whole watch. */
  readonly ms: number;
  readonly status: number | null;
  readonly end: EndFacts | undefined;
  readonly pieces: number;
}

async function observe(lab: Lab, { beginning, method, piece }: Drip, interval: number): Promise<Observation> {
  await using connection = await lab.open();
  const { idleLimit } = lab.settings;
  const startedAt = performance.now();
  connection.send(beginning, { method });
  const answered = (): boolean => connection.reader.responses[0]?.body.complete === true;
  let pieces = 0;
  while (connection.end === undefined && !answered()) {
    const left = idleLimit - (performance.now() - startedAt);
    if (left <= 0) break;
    const waited = await connection.wait(Math.min(interval, left), answered);
    if (waited === "late" && left > interval) connection.send(encodeLatin1(piece(++pieces)));
  }
  if (connection.end && !connection.endedByPeer) throw new CannotTell(formatLoss(connection.end));
  const answerAt = connection.lastOctetAt;
  // The end follows an answer, immediately or after the server has lingered.
  if (answered() && !connection.end) await connection.wait(INTERVAL);
  // Over TLS, FIN may come later than the end of TLS.
  else if (connection.end) await connection.wait(Math.max(0, idleLimit - (performance.now() - startedAt)));
  const status = connection.reader.responses[0]?.status ?? null;
  const end = peerEnd(connection);
  const gone = status !== null || end !== undefined;
  const until = status !== null ? answerAt : connection.end?.at;
  return { gone, ms: (until ?? performance.now()) - startedAt, status, end, pieces };
}

/** Tells whether an answer came as soon as an ordinary one, or is unlike that of a server that gave up. */
function answersWithoutRest({ status, ms }: Observation, usual: number): boolean {
  if (status === null || status === 408) return false;
  return status < 400 || ms < 2 * usual + PROMPT;
}

function judge(
  seen: Observation,
  { usual, perRead, idleLimit }: { usual: number; perRead: number | undefined; idleLimit: number },
): ExperimentVerdict<SlowOutcome> {
  const { gone, ms, status, end, pieces } = seen;
  const read = perRead === undefined ? {} : { perRead };
  const readLimit = perRead === undefined ? "" : `; gives up after ${perRead} s without a piece`;
  if (!gone) {
    const facts = { atLeast: toSeconds(idleLimit), status, how: null, pieces, ...read };
    const summary = `still waiting after ${formatDuration(idleLimit)} and ${
      formatQuantity(pieces, "piece")
    }${readLimit}`;
    return { outcome: "outlives", summary, facts };
  }
  const seconds = toSeconds(ms);
  const facts = { seconds, status, ...howFacts(end), pieces, ...read };
  const ended = end ? formatHow(end.how, end) : "left open";
  if (answersWithoutRest(seen, usual)) {
    const summary = `${status} after ${seconds} s, without waiting for the rest, ${ended}`;
    return { outcome: "answers", summary, facts };
  }
  const answer = status === null ? "no answer" : `a ${status}`;
  const summary = `${answer}, ${ended} after ${seconds} s and ${formatQuantity(pieces, "piece")}${readLimit}`;
  return { outcome: "gives-up", summary, facts };
}
