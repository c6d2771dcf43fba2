/**
 * Experiment `pipelining`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { joinOctets } from "../../http/octets.ts";
import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Experiment, ExperimentVerdict, OutcomeFinding } from "../experiment.ts";
import { CannotTell, Unsteady } from "../lab/cannot_tell.ts";
import { roundMs } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import type { Subject } from "../subject.ts";
import { burstFacts, formatBurst, type Judged } from "./describe_burst.ts";
import { findCap, judgeBurst, markAnswer, type PipeliningOutcome, type Single } from "./judge_pipelining.ts";
import { GAP, PATIENCE, sendBurst, SETTLE } from "./send_burst.ts";
import { withoutUndefined } from "../../without_undefined.ts";

const LOSES_REQUESTS: OutcomeFinding = {
  code: "pipelining-broken",
  severity: "warning",
  advice: "do not pipeline to this server: it loses requests behind the first one",
};

/** Sends several requests without waiting for the answers. */
export const PIPELINING: Experiment<PipeliningOutcome> = {
  name: "pipelining",
  question: "Does the server answer several requests sent at once, in one write and in separate writes?",
  sends: "three GETs for different targets: each alone, then all in one write, then in separate writes",
  choice: "default",
  quick: true,
  ordinary: true,
  shortNames: { pipelining: "outcome" },
  outcomes: {
    full: "the server answers all, in order",
    serialised: {
      means:
        "the server answers all in order, but one by one, each as slowly as alone: pipelining gains nothing",
      adverse: true,
    },
    "first-only": {
      means: "the server answers the first, and never the others",
      finding: LOSES_REQUESTS,
    },
    closed: {
      means: "the server closes before it has answered all",
      // A server that announces its close takes as many requests on each connection as it does without pipelining.
      finding: { ...LOSES_REQUESTS, unless: ({ kept, cap, answered }) => kept === false || cap === answered },
    },
    refused: {
      means: "the server answers none as it would alone",
      finding: LOSES_REQUESTS,
    },
    reordered: {
      means: "the answers come in another order: clients mistake one for another",
      finding: {
        code: "pipelining-broken",
        severity: "problem",
        advice:
          "answer in the order of the requests (RFC 9112 §9.3.2): clients and proxies that pipeline match answers to the wrong requests",
      },
    },
    mixed: {
      means: "the result differs between one write and separate writes, or from try to try",
      finding: LOSES_REQUESTS,
    },
  },
  connections: () => 1,
  answers: ({ pipeline }) => 5 * pipeline + 2,
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
function requestsFor(subject: Subject, count: number): ComposedRequest[] {
  return Array.from({ length: count }, (_, index) =>
    subject.request({
      requestTarget: subject.targetWith(`sonde=${mark(index)}`),
      headers: [["Range", `bytes=0-${index}`]],
    }));
}

function mark(index: number): string {
  return `pipelined-${index + 1}x`;
}

async function runPipelining(lab: Lab): Promise<ExperimentVerdict<PipeliningOutcome>> {
  const requests = requestsFor(lab.subject, lab.settings.pipeline);
  const singles = await askSingly(lab, requests);
  const send = async (separately: boolean): Promise<Judged> => {
    const burst = await sendBurst(lab, requests, singles, separately);
    return { ...burst, outcome: judgeBurst(burst, singles) };
  };
  const one = await confirm(send, false);
  const separate = await confirm(send, true);
  if (one.outcome !== "full" || separate.outcome !== "full") await assureSteady(lab, requests[0]!, singles);
  const cap = findCap(singles);
  const surplusBytes = Math.max(one.surplus, separate.surplus);
  const facts = withoutUndefined<Record<string, unknown>>({
    sent: requests.length,
    kept: singles.some(({ persistent }) => persistent),
    cap,
    answered: one.answers.length,
    oneWrite: burstFacts(one),
    separateWrites: burstFacts(separate),
    singleMs: roundMs(Math.min(...singles.map(({ ms }) => ms))),
    surplusBytes,
  });
  const surplus = surplusBytes > 0
    ? `; ${formatQuantity(surplusBytes, "octet")} more than was asked for`
    : "";
  if (one.outcome === "unsteady" || separate.outcome === "unsteady") {
    return { outcome: "mixed", summary: `not the same from try to try${surplus}`, facts };
  }
  const limit = cap !== undefined && one.outcome === "closed" && one.answers.length === cap
    ? `; a connection takes ${cap} requests, pipelined or not`
    : "";
  const words = formatBurst(one, one.outcome, requests.length) + limit;
  if (agree(one.outcome, separate.outcome)) {
    return { outcome: one.outcome, summary: `${words}${surplus}`, facts };
  }
  const both = `in one write ${words}; in separate writes ${
    formatBurst(separate, separate.outcome, requests.length)
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

/**
 * Checks that a single request fares as it did at first: only then is a burst that fares differently the effect of
 * pipelining, and not of a limit on requests or of several servers behind one address.
 *
 * @throws {CannotTell} If it does not
 */
async function assureSteady(
  lab: Lab,
  request: ComposedRequest,
  singles: readonly Single[],
): Promise<void> {
  const kept = singles[0]!.persistent;
  // Further ones on the same connection may have come to the limit of requests that it takes.
  if (singles.some(({ persistent, number }) => number === 1 && persistent !== kept)) {
    throw new Unsteady("some connections are kept after a single request, others are not");
  }
  // Two, in case that two servers take turns.
  for (let control = 0; control < 2; control++) {
    await using connection = await lab.open();
    const { response } = await lab.mustAsk(connection, request);
    await connection.wait(SETTLE);
    if (response.status !== singles[0]!.status) {
      throw new CannotTell(
        `a single request is answered with ${response.status} by now, at first with ${singles[0]!.status}`,
      );
    }
    if (kept !== connection.reusable) {
      throw new Unsteady(
        `connections ${kept ? "were kept at first, and are not" : "were not kept at first, and are"} by now`,
      );
    }
  }
}

async function askSingly(lab: Lab, requests: readonly ComposedRequest[]): Promise<Single[]> {
  const singles: Single[] = [];
  let number = 0;
  let connection = await lab.open();
  try {
    for (const request of requests) {
      if (!await connection.ready()) {
        await connection[Symbol.asyncDispose]();
        connection = await lab.open();
        number = 0;
      }
      const answer = await connection.ask(request, lab.settings.answerTime);
      if (answer.type !== "answered" || !answer.response) {
        throw new CannotTell(`${formatMissingAnswer(answer)} in answer to a single request`);
      }
      const { response, startedAt, firstOctetAt = startedAt } = answer;
      singles.push({
        status: response.status,
        signature: markAnswer(response, connection.contents.get(response)).signature,
        persistent: response.persistent === true,
        number: ++number,
        ms: firstOctetAt - startedAt,
      });
    }
  } finally {
    await connection[Symbol.asyncDispose]();
  }
  return singles;
}
