/**
 * Experiment `half-close`.
 *
 * @module
 */

import type { Experiment, Verdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { roundMs } from "../lab/facts.ts";
import { assureAnswer, type Lab } from "../lab/lab.ts";
import { sayHow, sayMs } from "../lab/say.ts";

type Outcome = "answered" | "dropped" | "partial";

/** Whether the answer still comes after we have ended our side. */
export const HALF_CLOSE: Experiment<Outcome> = {
  name: "half-close",
  question: "Does the answer still come after our FIN, on a quick and on a slow resource?",
  sends: "a GET and a FIN right behind it (close_notify and FIN over TLS); the same to --slow-target",
  choice: "name",
  outcomes: {
    answered: "the answer came in full",
    dropped: "the server took our FIN for the end of all interest: no answer",
    partial: "the answer broke off",
  },
  connections: () => 1,
  atMost: () => 0,
  plan: (subject, { slowTarget }) => [
    { note: "followed by FIN", bytes: subject.request().bytes },
    ...(slowTarget === undefined ? [] : [{
      note: "followed by FIN, on another connection",
      bytes: subject.request({ requestTarget: slowTarget }).bytes,
    }]),
  ],
  run: runHalfClose,
};

interface Observation {
  readonly outcome: Outcome;
  readonly status?: number;
  /** Milliseconds from our FIN to the last octet, or to the end. */
  readonly after: number;
  readonly how: string | null;
}

async function runHalfClose(lab: Lab): Promise<Verdict<Outcome>> {
  const { slowTarget } = lab.settings;
  const quick = await confirm(lab, undefined);
  const slow = slowTarget === undefined ? undefined : await confirm(lab, slowTarget);
  const worst = slow && slow.outcome !== "answered" ? slow : quick;
  const facts = { ...quick, quick, slow: slow ?? null };
  const summary = slow
    ? `quick resource: ${say(quick)}; slow one: ${say(slow)}`
    : `${say(quick)} (a slow resource may fare worse: --slow-target)`;
  return { outcome: worst.outcome, summary, facts };
}

async function confirm(lab: Lab, requestTarget: string | undefined): Promise<Observation> {
  const first = await observe(lab, requestTarget);
  if (first.outcome === "answered") return first;
  // Whoever does not answer at all does not mind our FIN either.
  await assureAnswer(lab, requestTarget);
  const second = await observe(lab, requestTarget);
  // Once more right away: of two servers that take turns it is the other one.
  const third = await observe(lab, requestTarget);
  if (second.outcome === first.outcome && third.outcome === first.outcome) return second;
  throw new CannotTell("the answer came after one FIN and not after another");
}

async function observe(lab: Lab, requestTarget: string | undefined): Promise<Observation> {
  await using line = await lab.open();
  const request = lab.subject.request(requestTarget === undefined ? {} : { requestTarget });
  const startedAt = performance.now();
  await line.send(request.bytes, request);
  await line.connection.closeWrite();
  line.transcript.note("our side ended (FIN)");
  const closedAt = performance.now();
  const answer = await line.answer(0, startedAt, lab.settings.answerTime);
  if (answer.type === "late" && !answer.response) {
    throw new CannotTell("neither an answer nor an end came in time");
  }
  if (answer.type === "interrupted" || answer.type === "malformed" || answer.type === "large") {
    throw new CannotTell("the answer could not be read");
  }
  const complete = answer.type === "answered";
  const until = complete ? answer.lastOctetAt! : line.end?.at ?? performance.now();
  return {
    outcome: complete ? "answered" : answer.response ? "partial" : "dropped",
    ...(answer.response && { status: answer.response.status }),
    after: roundMs(Math.max(0, until - closedAt)),
    how: line.endedByPeer ? line.end!.how : null,
  };
}

function say({ outcome, status, after, how }: Observation): string {
  switch (outcome) {
    case "answered":
      return `${status} in full ${sayMs(after)} after our FIN`;
    case "partial":
      return `the ${status} broke off ${sayMs(after)} after our FIN`;
    case "dropped":
      return `no answer, ${how === null ? "no end" : sayHow(how)} ${sayMs(after)} after our FIN`;
  }
}
