/**
 * Experiments `slow-head` and `slow-body`.
 *
 * @module
 */

import { encodeLatin1 } from "../http/octets.ts";
import type { Experiment, Verdict } from "./experiment.ts";
import type { Lab } from "./lab.ts";
import { sayHow, sayMs, toSeconds } from "./observe.ts";
import { CannotTell, type Settings } from "./options.ts";
import type { Subject } from "./subject.ts";

type Outcome = "gives-up" | "outlives" | "answers";

/** Milliseconds from one piece to the next: shorter than any timeout for a single read. */
const INTERVAL = 900;
/** Octets of content that are promised; one comes with each piece. */
const PROMISED = 10_000;

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  "gives-up": "the server gives up although octets keep coming: its limit is for the whole, or for a rate",
  outlives:
    "the server was still waiting at the end of the watch (--idle-limit): its limit, if any, is for each read",
  answers: "the server answered without waiting for the rest",
};

/** How a server takes a head that comes slowly. */
export const SLOW_HEAD: Experiment<Outcome> = {
  name: "slow-head",
  question: "When does the server give up on a head that comes slowly, and how?",
  sends: "a GET without its end, and a field line every 0.9 s, on one connection",
  choice: "name",
  outcomes: OUTCOMES,
  connections: () => 1,
  atMost: ({ idleLimit }) => idleLimit,
  plan: (subject) => [
    { note: "first", bytes: beginHead(subject) },
    { note: "every 0.9 s, the number counting up", bytes: encodeLatin1("X-Sonde-1: 1\r\n") },
  ],
  run: (lab) => drip(lab, beginHead(lab.subject), "GET", (number) => `X-Sonde-${number}: 1\r\n`),
};

/** How a server takes a body that comes slowly. */
export const SLOW_BODY: Experiment<Outcome> = {
  name: "slow-body",
  question: "When does the server give up on a body that comes slowly, and how?",
  sends: "a request that promises 10,000 octets of content, and one of them every 0.9 s, on one connection",
  choice: "name",
  outcomes: OUTCOMES,
  connections: () => 1,
  atMost: ({ idleLimit }) => idleLimit,
  plan: (subject, settings) => [
    { note: "first", bytes: beginBody(subject, settings) },
    { note: "every 0.9 s", bytes: encodeLatin1("x") },
  ],
  run: (lab) => drip(lab, beginBody(lab.subject, lab.settings), lab.settings.method, () => "x"),
};

/** Everything but the empty line at the end. */
function beginHead(subject: Subject): Uint8Array {
  return subject.request().bytes.slice(0, -2);
}

function beginBody(subject: Subject, { method }: Settings): Uint8Array {
  return subject.request({
    method,
    headers: [["Content-Type", "text/plain"], ["Content-Length", String(PROMISED)]],
  }).bytes;
}

async function drip(
  lab: Lab,
  beginning: Uint8Array,
  method: string,
  piece: (number: number) => string,
): Promise<Verdict<Outcome>> {
  await using line = await lab.open();
  const { idleLimit } = lab.settings;
  const startedAt = performance.now();
  line.send(beginning, { method });
  const answered = (): boolean => line.reader.responses[0]?.body.complete === true;
  let pieces = 0;
  while (line.end === undefined && !answered()) {
    const left = idleLimit - (performance.now() - startedAt);
    if (left <= 0) break;
    const waited = await line.wait(Math.min(INTERVAL, left), answered);
    if (waited === "late" && left > INTERVAL) line.send(encodeLatin1(piece(++pieces)));
  }
  if (line.end && !line.endedByPeer) throw new CannotTell("the connection was closed here");
  const answerAt = line.lastOctetAt;
  // An answer is followed by the end, soon or after a while of lingering.
  if (answered() && !line.end) await line.wait(INTERVAL);
  const status = line.reader.responses[0]?.status ?? null;
  const how = line.endedByPeer ? line.end!.how : null;
  if (status === null && how === null) {
    const facts = { atLeast: toSeconds(idleLimit), status, how, pieces };
    return {
      outcome: "outlives",
      summary: `still waiting after ${sayMs(idleLimit)} and ${pieces} pieces`,
      facts,
    };
  }
  const seconds = toSeconds((status === null ? line.end!.at : answerAt!) - startedAt);
  const facts = { seconds, status, how, pieces };
  const end = how === null ? "left open" : sayHow(how);
  if (status !== null && status !== 408 && pieces === 0) {
    return {
      outcome: "answers",
      summary: `${status} after ${seconds} s, without waiting for the rest, ${end}`,
      facts,
    };
  }
  const with408 = status === null ? "no answer" : `a ${status}`;
  return {
    outcome: "gives-up",
    summary: `${with408}, ${end} after ${seconds} s and ${pieces} pieces`,
    facts,
  };
}
