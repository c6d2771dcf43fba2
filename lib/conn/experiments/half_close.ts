/**
 * Experiment `half-close`.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import type { Experiment, ExperimentVerdict, OutcomeFinding } from "../experiment.ts";
import { CannotTell, Unsteady } from "../lab/cannot_tell.ts";
import { roundMs } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { formatHow } from "../lab/format_end.ts";
import { askUsual, compareAnswer, type ComparedAnswer, differsFromUsual } from "./usual_answer.ts";
import { withoutUndefined } from "../../without_undefined.ts";

type Outcome = "answered" | "changed" | "dropped" | "partial";

const DROPS_ANSWER: OutcomeFinding = {
  code: "half-close-drops-answer",
  severity: "warning",
  advice:
    "finish the answer after the client's FIN: simple clients and some health checks close their side first",
};

/** Ends our side after a request, and compares the answer with the usual one. */
export const HALF_CLOSE: Experiment<Outcome> = {
  name: "half-close",
  question: "Does the answer still come after sonde's FIN, on a quick and on a slow resource?",
  sends:
    "two GETs, each followed by a FIN (close_notify and FIN over TLS), and one without; up to three of each if the answers differ; the same for --slow-target",
  choice: "name",
  quick: true,
  shortNames: { halfClose: "outcome" },
  outcomes: {
    answered:
      "the answer came in full, with the same status, length and content as without the FIN, and no sooner",
    changed: {
      means:
        "the FIN changed the answer, into an empty one or an error: a proxy gave up its request to the server behind it",
      finding: DROPS_ANSWER,
    },
    dropped: {
      means: "no answer came: the server mistook sonde's FIN for a client that had gone away",
      finding: DROPS_ANSWER,
    },
    partial: {
      means: "the answer breaks off",
      finding: DROPS_ANSWER,
    },
  },
  connections: () => 1,
  answers: ({ slowTarget }) => slowTarget === undefined ? 6 : 12,
  atMost: () => 0,
  plan: (subject, { slowTarget }) => [
    { note: "followed by FIN, on two connections", bytes: subject.request().bytes },
    { note: "without FIN, on another connection, to learn the usual answer", bytes: subject.request().bytes },
    ...(slowTarget === undefined ? [] : [{
      note: "with and without FIN, each on another connection",
      bytes: subject.request({ requestTarget: slowTarget }).bytes,
    }]),
  ],
  run: runHalfClose,
};

/** The answer to a request that is followed by FIN. */
interface Seen {
  readonly status?: number;
  /** Milliseconds from sonde's FIN to the last octet, or to the end. */
  readonly after: number;
  readonly how: string | null;
  /** Present if the answer is complete. */
  readonly compared?: ComparedAnswer;
}

interface Observation extends Omit<Seen, "compared"> {
  readonly outcome: Outcome;
  /** Octets of content. */
  readonly bytes?: number;
  /** The difference in words, for `changed`. */
  readonly difference?: string;
  /** The usual answer, and the shortest time that it took in milliseconds. */
  readonly withoutFin: { readonly status: number; readonly bytes: number; readonly after: number };
}

async function runHalfClose(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const { slowTarget } = lab.settings;
  const quick = await confirm(lab, undefined);
  if (slowTarget === undefined) {
    const one = steady(quick);
    const summary = `${say(one)} (a slow resource may fare worse: --slow-target)`;
    return { outcome: one.outcome, summary, facts: { ...one, quick: one, slow: null } };
  }
  const slow = steady(await confirm(lab, slowTarget));
  // Chance decides whether a quick answer comes before sonde's FIN; a slow one is conclusive.
  const worst = slow.outcome === "answered" ? steady(quick) : slow;
  const { quickly, facts } = quick instanceof Unsteady
    ? { quickly: quick.message, facts: { ...slow, quick: null, slow } }
    : { quickly: say(quick), facts: { ...quick, quick, slow } };
  return { outcome: worst.outcome, summary: `quick resource: ${quickly}; slow one: ${say(slow)}`, facts };
}

function steady(seen: Observation | Unsteady): Observation {
  if (seen instanceof Unsteady) throw seen;
  return seen;
}

/**
 * Sends ordinary requests between and after the tries. If they get no answer without FIN either, the FIN is not the
 * cause; an answer that varies on its own was not changed by the FIN.
 */
async function confirm(lab: Lab, requestTarget: string | undefined): Promise<Observation | Unsteady> {
  // Sent immediately after each other: if two servers take turns, the other one answers.
  const seen = [await observe(lab, requestTarget), await observe(lab, requestTarget)];
  const usual = [await askUsual(lab, requestTarget)];
  const judgeAll = (): Observation[] => seen.map((one) => judge(one, usual));
  const allAnswered = (): boolean => judgeAll().every(({ outcome }) => outcome === "answered");
  // The other one of two servers may have different content.
  if (!allAnswered()) usual.push(await askUsual(lab, requestTarget));
  if (!allAnswered()) {
    seen.push(await observe(lab, requestTarget));
    usual.push(await askUsual(lab, requestTarget));
  }
  const judged = judgeAll();
  const outcomes = new Set(judged.map(({ outcome }) => outcome));
  if (outcomes.size > 1) {
    const came = !outcomes.has("dropped") && !outcomes.has("partial");
    return new Unsteady(
      came
        ? "the answer after one FIN was the usual one, after another one it was not"
        : "the answer came after one FIN and not after another",
    );
  }
  return judged[0]!;
}

async function observe(lab: Lab, requestTarget: string | undefined): Promise<Seen> {
  await using connection = await lab.open();
  const request = lab.subject.request(requestTarget === undefined ? {} : { requestTarget });
  const startedAt = performance.now();
  await connection.send(request.bytes, request);
  await connection.endSending();
  const closedAt = performance.now();
  const answer = await connection.answer(0, startedAt, lab.settings.answerTime);
  if (answer.type === "late" && !answer.response) {
    throw new CannotTell("neither an answer nor an end came in time");
  }
  if (answer.type === "interrupted" || answer.type === "malformed" || answer.type === "large") {
    throw new CannotTell(answer.fault ?? "the answer could not be read");
  }
  const compared = compareAnswer(connection, answer, closedAt);
  const until = connection.end?.at ?? performance.now();
  return withoutUndefined({
    status: answer.response?.status,
    after: roundMs(compared?.ms ?? Math.max(0, until - closedAt)),
    how: connection.endedByPeer ? connection.end!.how : null,
    compared,
  });
}

function judge({ compared, ...seen }: Seen, usual: readonly ComparedAnswer[]): Observation {
  const [first] = usual;
  const difference = compared && differsFromUsual(compared, usual);
  const whole = difference === undefined ? "answered" : "changed";
  return withoutUndefined({
    outcome: compared ? whole : seen.status === undefined ? "dropped" : "partial",
    ...seen,
    bytes: compared?.bytes,
    difference,
    withoutFin: {
      status: first!.status,
      bytes: first!.bytes,
      after: roundMs(Math.min(...usual.map(({ ms }) => ms))),
    },
  });
}

function say({ outcome, status, after, how, difference }: Observation): string {
  switch (outcome) {
    case "answered":
      return `${status} in full ${formatDuration(after)} after sonde's FIN`;
    case "changed":
      return `another answer ${formatDuration(after)} after sonde's FIN: ${difference}`;
    case "partial":
      return `the ${status} broke off ${formatDuration(after)} after sonde's FIN`;
    case "dropped":
      return `no answer, ${how === null ? "no end" : formatHow(how)} ${
        formatDuration(after)
      } after sonde's FIN`;
  }
}
