/**
 * Experiment `head`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { ParsedResponse } from "../../http/response.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell, Unsteady } from "../lab/cannot_tell.ts";
import { KeptConnection } from "../lab/kept_connection.ts";
import type { Lab } from "../lab/lab.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { compareHeads, type FieldDifference, formatDifferences } from "./compare_heads.ts";

type Outcome = "consistent" | "differs" | "has-body";

/** Milliseconds in which an unexpected body would appear. */
const SETTLE = 250;

/** Compares HEAD with GET. */
export const HEAD: Experiment<Outcome> = {
  name: "head",
  question: "Does HEAD get the fields of GET and no body, and does the connection stay in step?",
  sends: "GET, HEAD and GET on one connection, repeated if they differ",
  choice: "default",
  quick: true,
  ordinary: true,
  outcomes: {
    consistent: "the answer to HEAD equals the answer to GET without its content",
    differs: {
      means: "status or fields differ, which misleads caches and checks that use HEAD",
      finding: {
        code: "head-differs",
        severity: "warning",
        advice:
          "answer HEAD with the status and fields of GET (RFC 9110 §9.3.2): caches and monitors rely on it",
      },
    },
    "has-body": {
      means: "content follows the answer to HEAD: clients mistake it for the next answer on the connection",
      finding: {
        code: "framing-anomaly",
        severity: "problem",
        advice: "send no content in answer to HEAD: clients mistake it for the next answer on the connection",
      },
    },
  },
  connections: () => 1,
  answers: () => 6,
  atMost: () => 2 * SETTLE,
  plan: (subject) => [
    { note: "before and after the HEAD on one connection", bytes: subject.request().bytes },
    { note: "once", bytes: subject.request({ method: "HEAD" }).bytes },
  ],
  run: runHead,
};

interface Round {
  readonly differences: readonly FieldDifference[];
  readonly stray: number;
  /**
   * True if the server answered the request after HEAD on the same connection; `null` if that request was impossible.
   */
  readonly inStep: boolean | null;
  readonly get: ParsedResponse;
  readonly head: ParsedResponse;
}

async function runHead(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const first = await runRound(lab);
  if ("stray" in first && first.stray > 0) return hasBody(first);
  if (first.differences.length === 0 && first.inStep !== false) {
    const step = first.inStep === null ? "; the server closes after it" : ", connection still in step";
    return {
      outcome: "consistent",
      summary: `status ${first.head.status}, the fields of GET, no body${step}`,
      facts: factsOf(first),
    };
  }
  // A second round reveals differences that occur by chance from request to request.
  const second = await runRound(lab);
  if (second.stray > 0) return hasBody(second);
  if (first.inStep === false || second.inStep === false) {
    if (first.inStep !== second.inStep) {
      throw new Unsteady("the connection was out of step after one HEAD, not after another");
    }
    return {
      outcome: "has-body",
      summary: "the connection is out of step after HEAD: the next answer is not one",
      facts: factsOf(second),
    };
  }
  const lasting = first.differences.filter(({ name }) =>
    second.differences.some((other) => other.name === name)
  );
  const unsteady = first.differences.filter((difference) => !lasting.includes(difference)).map(({ name }) =>
    name
  );
  const facts = { ...factsOf(second), differing: lasting, ...(unsteady.length > 0 && { unsteady }) };
  if (lasting.length === 0) {
    return {
      outcome: "consistent",
      summary: `the fields of GET but for some that change anyway (${unsteady.join(", ")})`,
      facts,
    };
  }
  return { outcome: "differs", summary: formatDifferences(lasting), facts };
}

async function runRound(lab: Lab): Promise<Round> {
  await using kept = new KeptConnection(lab);
  const get = lab.subject.request();
  const before = await mustAnswer(kept, get);
  const body = kept.connection?.contents.get(before)?.octets ?? 0;
  const head = await mustAnswer(kept, lab.subject.request({ method: "HEAD" }));
  const connection = kept.connection;
  const stray = await kept.strayOctets(SETTLE);
  const inStep = connection?.reusable === true;
  const after = stray > 0 ? undefined : await kept.ask(get);
  const same = kept.connection === connection && inStep;
  const differences = compareHeads(before, after?.response ?? before, head, body);
  return {
    differences,
    stray,
    inStep: !same ? null : after?.type === "answered",
    get: before,
    head,
  };
}

async function mustAnswer(
  kept: KeptConnection,
  request: Parameters<KeptConnection["ask"]>[0],
): Promise<ParsedResponse> {
  const answer = await kept.ask(request);
  if (answer.type === "answered" && answer.response) return answer.response;
  throw new CannotTell(`${formatMissingAnswer(answer)} in answer to ${request.method}`);
}

function hasBody(round: Round): ExperimentVerdict<Outcome> {
  const summary = `${formatQuantity(round.stray, "octet")} of content followed the answer to HEAD`;
  return { outcome: "has-body", summary, facts: factsOf(round) };
}

function factsOf({ get, head, stray, inStep, differences }: Round): Record<string, unknown> {
  return { get: get.status, head: head.status, differing: differences, strayOctets: stray, inStep };
}
