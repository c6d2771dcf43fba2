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
import { GAP, MIN_WAIT_MS, sendBurst, SETTLE } from "./send_burst.ts";
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
  sends: "three GETs for different targets: each alone, then all in one write, then all in separate writes",
  choice: "default",
  quick: true,
  ordinary: true,
  shortNames: { pipelining: "outcome" },
  outcomes: {
    full: "the server answers all, in order",
    serialised: {
      means:
        "the server answers all in order, but one after the other, each as slowly as alone: pipelining gains nothing",
      adverse: true,
    },
    "first-only": {
      means: "the server answers the first, and never the others",
      finding: LOSES_REQUESTS,
    },
    closed: {
      means: "the server closes before it has answered all",
      // A server that announces its close accepts as many requests on each connection as it does without pipelining.
      finding: { ...LOSES_REQUESTS, unless: ({ kept, cap, answered }) => kept === false || cap === answered },
    },
    refused: {
      means: "the server answers none of them as it would alone",
      finding: LOSES_REQUESTS,
    },
    reordered: {
      means: "the answers come in the wrong order: clients mistake one for another",
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
  atMost: ({ pipeline }) => 4 * (MIN_WAIT_MS + SETTLE) + 2 * pipeline * GAP,
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

/** Makes the requests. Each asks for its own target and number of octets, so that the answers can be matched. */
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
  // Between two writes, a quick server has time to answer as if the requests came one by one. If it does better then,
  // that says nothing about pipelining.
  const inOrder = one.outcome === "full" || one.outcome === "serialised";
  return { outcome: inOrder ? "mixed" : one.outcome, summary: both, facts };
}

/** Separate writes give a server time to answer the first one, so serialising may appear in only one of the two. */
function agree(one: string, other: string): boolean {
  const inOrder = new Set(["full", "serialised"]);
  return one === other || (inOrder.has(one) && inOrder.has(other));
}

/** Repeats every result that is not the best one. */
async function confirm(send: (separately: boolean) => Promise<Judged>, separately: boolean): Promise<Judged> {
  const first = await send(separately);
  if (first.outcome === "full") return first;
  const second = await send(separately);
  return agree(first.outcome, second.outcome) ? second : { ...second, outcome: "unsteady" };
}

/**
 * Checks that a single request still behaves as it did at first. Otherwise a different burst may be the effect of a
 * limit on requests, or of several servers behind one address, rather than of pipelining.
 *
 * @throws {CannotTell} If it behaves differently
 */
async function assureSteady(
  lab: Lab,
  request: ComposedRequest,
  singles: readonly Single[],
): Promise<void> {
  const kept = singles[0]!.persistent;
  // Further requests on the same connection may have reached its limit on requests.
  if (singles.some(({ persistent, number }) => number === 1 && persistent !== kept)) {
    throw new Unsteady("the server keeps some connections after a single request, and closes others");
  }
  // Two requests, in case two servers take turns.
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
