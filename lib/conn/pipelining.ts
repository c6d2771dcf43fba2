/**
 * Experiment `pipelining`.
 *
 * @module
 */

import { joinOctets } from "../http/octets.ts";
import type { Experiment, Verdict } from "./experiment.ts";
import { describeMiss, type Lab } from "./lab.ts";
import type { Line } from "./line.ts";
import { burstFacts, type Judged, sayBurst } from "./describe_burst.ts";
import { roundMs, sayCount } from "./observe.ts";
import { CannotTell } from "./options.ts";
import {
  type Burst,
  judgeBurst,
  markAnswer,
  type PipeliningOutcome,
  type Single,
} from "./judge_pipelining.ts";
import type { Subject } from "./subject.ts";

/** Milliseconds for the next answer, beside what a single one takes. */
const PATIENCE = 3_000;
/** Milliseconds between two writes: enough for each to be a segment of its own. */
const GAP = 5;
/** Milliseconds in which more answers than requests show up. */
const SETTLE = 60;

/** What a server makes of several requests sent without waiting for the answers. */
export const PIPELINING: Experiment<PipeliningOutcome> = {
  name: "pipelining",
  question: "Are several requests answered that are sent at once, in one write and in separate ones?",
  sends: "three GETs with targets of their own: each alone, all in one write, all in separate writes",
  choice: "default",
  outcomes: {
    full: "all are answered, in order",
    serialised: "all are answered in order, each only as fast as alone: nothing is gained",
    "first-only": "the first is answered, the others never",
    closed: "the connection is closed before all are answered",
    refused: "none is answered as it would be alone",
    reordered: "the answers come in another order: clients take one for the other",
    mixed: "all are answered in one write and not in separate ones, or it changes from try to try",
  },
  connections: () => 1,
  atMost: ({ pipeline }) => 4 * (PATIENCE + SETTLE) + 2 * pipeline * GAP,
  plan: (subject, { pipeline }) => {
    const requests = requestsFor(subject, pipeline);
    return [
      ...requests.map(({ bytes }, index) => ({ note: `alone, as number ${index + 1}`, bytes })),
      { note: "in one write on a new connection", bytes: joinOctets(requests.map(({ bytes }) => bytes)) },
      {
        note: `each in a write of its own, ${GAP} ms apart, on another`,
        bytes: joinOctets(requests.map(({ bytes }) => bytes)),
      },
    ];
  },
  run: runPipelining,
};

/** Each asks for another target, and for as many octets as its number: so the answers can be told apart. */
function requestsFor(subject: Subject, count: number): ReturnType<Subject["request"]>[] {
  return Array.from({ length: count }, (_, index) =>
    subject.request({
      requestTarget: subject.targetWith(`sonde=${mark(index)}`),
      headers: [["Range", `bytes=0-${index}`]],
    }));
}

function mark(index: number): string {
  return `pipelined-${index + 1}x`;
}

async function runPipelining(lab: Lab): Promise<Verdict<PipeliningOutcome>> {
  const requests = requestsFor(lab.subject, lab.settings.pipeline);
  const singles = await askSingly(lab, requests);
  const send = async (separately: boolean): Promise<Judged> => {
    const burst = await sendBurst(lab, requests, singles, separately);
    return { ...burst, outcome: judgeBurst(burst, singles) };
  };
  const one = await confirm(send, false);
  const separate = await confirm(send, true);
  const facts = {
    sent: requests.length,
    kept: singles.some(({ persistent }) => persistent),
    answered: one.answers.length,
    oneWrite: burstFacts(one),
    separateWrites: burstFacts(separate),
    singleMs: roundMs(Math.min(...singles.map(({ ms }) => ms))),
    surplusBytes: Math.max(one.surplus, separate.surplus),
  };
  const surplus = facts.surplusBytes > 0
    ? `; ${sayCount(facts.surplusBytes, "octet")} more than was asked for`
    : "";
  if (one.outcome === "unsteady" || separate.outcome === "unsteady") {
    return { outcome: "mixed", summary: `not the same from try to try${surplus}`, facts };
  }
  const words = sayBurst(one, one.outcome, requests.length);
  if (agree(one.outcome, separate.outcome)) {
    return { outcome: one.outcome, summary: `${words}${surplus}`, facts };
  }
  const both = `in one write ${words}; in separate writes ${
    sayBurst(separate, separate.outcome, requests.length)
  }${surplus}`;
  // Between two writes a quick server has the time to answer, as if it had been asked one by one: that it fares better
  // then says nothing of pipelining.
  const inOrder = one.outcome === "full" || one.outcome === "serialised";
  return { outcome: inOrder ? "mixed" : one.outcome, summary: both, facts };
}

/** Separate writes give a server time to answer the first, so serialising may show in one of the two only. */
function agree(one: string, other: string): boolean {
  const inOrder = new Set(["full", "serialised"]);
  return one === other || (inOrder.has(one) && inOrder.has(other));
}

/** Whatever is not the best is tried once more. */
async function confirm(send: (separately: boolean) => Promise<Judged>, separately: boolean): Promise<Judged> {
  const first = await send(separately);
  if (first.outcome === "full") return first;
  const second = await send(separately);
  return agree(first.outcome, second.outcome) ? second : { ...second, outcome: "unsteady" };
}

async function askSingly(lab: Lab, requests: ReturnType<typeof requestsFor>): Promise<Single[]> {
  const singles: Single[] = [];
  let line = await lab.open();
  try {
    for (const request of requests) {
      if (!line.reusable) {
        await line[Symbol.asyncDispose]();
        line = await lab.open();
      }
      const answer = await line.ask(request, lab.settings.answerTime);
      if (answer.type !== "answered" || !answer.response) {
        throw new CannotTell(`${describeMiss(answer)} in answer to a single request`);
      }
      const { response, startedAt, firstOctetAt = startedAt } = answer;
      singles.push({
        status: response.status,
        signature: markAnswer(response, line.contents.get(response)).signature,
        persistent: response.persistent === true,
        ms: firstOctetAt - startedAt,
      });
    }
  } finally {
    await line[Symbol.asyncDispose]();
  }
  return singles;
}

async function sendBurst(
  lab: Lab,
  requests: ReturnType<typeof requestsFor>,
  singles: readonly Single[],
  separately: boolean,
): Promise<Burst> {
  await using line = await lab.open();
  const headTimes: number[] = [];
  line.onReceive = (_, at) => {
    while (headTimes.length < line.reader.responses.length) headTimes.push(at);
  };
  const startedAt = performance.now();
  if (separately) await writeSeparately(line, requests);
  else line.send(joinOctets(requests.map(({ bytes }) => bytes)), ...requests);
  const patience = PATIENCE + 2 * Math.max(...singles.map(({ ms }) => ms));
  const complete = (): number => line.reader.responses.filter(({ body }) => body.complete).length;
  let before = -1;
  // As long as answers come, more may come.
  while (before < complete() && complete() < requests.length) {
    before = complete();
    if (await line.wait(patience, () => complete() > before) !== "met") break;
  }
  await line.wait(SETTLE);
  const answers = line.reader.responses.filter(({ body }) => body.complete);
  return {
    answers: answers.map((response) => ({
      ...markAnswer(response, line.contents.get(response)),
      status: response.status,
      persistent: response.persistent === true,
    })),
    times: headTimes.map((at) => at - startedAt),
    end: line.endedByPeer ? line.end!.how : undefined,
    malformed: line.reader.failure?.kind === "syntax",
    surplus: line.surplusBytes,
  };
}

async function writeSeparately(line: Line, requests: ReturnType<typeof requestsFor>): Promise<void> {
  // All are announced to the reader first: an answer may close its use while the next request is on its way.
  for (const request of requests) line.reader.expect(request);
  for (const [index, { bytes }] of requests.entries()) {
    if (index > 0) await line.wait(GAP);
    if (line.end) return;
    line.send(bytes);
  }
}
