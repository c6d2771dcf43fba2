/**
 * Experiment `max-requests`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { endFacts } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import { formatHow } from "../lab/format_end.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { withoutUndefined } from "../../without_undefined.ts";

type Outcome = "capped" | "unlimited" | "not-kept" | "unsteady";

/** Milliseconds for all requests together. */
const TIME = 60_000;
/** Milliseconds in which an end after an answer appears. */
const SETTLE = 60;
/** Octets of content above which HEAD replaces GET. */
const SMALL = 8 * 1024;

/** Counts the requests that one connection accepts. */
export const MAX_REQUESTS: Experiment<Outcome> = {
  name: "max-requests",
  question: "How many requests does the server accept on one connection?",
  sends: "GETs (HEADs if the content is large), one after the other on one connection, up to --max-requests",
  choice: "name",
  shortNames: { maxRequests: "requests" },
  outcomes: {
    capped: "the server ends the connection after a number of requests, which the summary gives",
    unlimited: "the connection was still open after the last request",
    "not-kept": "the server closes after the first answer",
    unsteady: {
      means: "the server closes without notice, after a different number of requests in each try",
      adverse: true,
    },
  },
  connections: () => 1,
  answers: () => 2,
  atMost: () => 2 * TIME,
  plan: (subject, { maxRequests }) => [
    { note: `up to ${maxRequests} times on one connection`, bytes: subject.request().bytes },
  ],
  run: runMaxRequests,
};

interface Run {
  readonly requests: number;
  readonly announcedClose: boolean;
  readonly announcedMax?: number;
  readonly how?: string;
  /** The reason to stop: the server's limit, our limit, or our time. */
  readonly stop: "server" | "limit" | "time";
  readonly method: string;
}

async function runMaxRequests(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const first = await runOnce(lab);
  // An unannounced end may have another cause than the number of requests.
  const silent = first.stop === "server" && !first.announcedClose && first.requests > 1;
  const second = silent ? await runOnce(lab) : first;
  const { requests, announcedClose, announcedMax, how, stop, method } = second;
  const facts = {
    requests,
    ...(stop !== "server" && { atLeast: requests }),
    announcedClose,
    announcedMax: announcedMax ?? null,
    how: how ?? null,
    method,
    ...(silent && { tries: [first.requests, second.requests] }),
  };
  const count = formatQuantity(requests, "request");
  if (stop === "limit") return { outcome: "unlimited", summary: `still open after ${count}`, facts };
  if (stop === "time") {
    return {
      outcome: "unlimited",
      summary: `still open after ${count}, as many as fit into the time`,
      facts,
    };
  }
  if (first.requests !== second.requests) {
    return {
      outcome: "unsteady",
      summary: `ended without a word after ${first.requests}, then after ${count}`,
      facts,
    };
  }
  const warned = announcedClose ? "the last answer said close" : "without announcing it";
  const end = how === undefined ? "" : `, ${formatHow(how)}`;
  return requests === 1
    ? { outcome: "not-kept", summary: `one request only, ${warned}`, facts }
    : { outcome: "capped", summary: `${count}, ${warned}${end}`, facts };
}

async function runOnce(lab: Lab): Promise<Run> {
  await using connection = await lab.open();
  const { maxRequests, answerTime } = lab.settings;
  const { response } = await lab.mustAsk(connection);
  const method = response.body.bytes > SMALL ? "HEAD" : "GET";
  const request = lab.subject.request({ method });
  const due = performance.now() + TIME;
  let requests = 1;
  const result = (stop: Run["stop"]): Run => ({ requests, stop, method, ...announcements(connection) });
  while (requests < maxRequests) {
    if (!await connection.ready()) return await endOf(connection, result);
    if (performance.now() > due) return result("time");
    const answer = await connection.ask(request, answerTime);
    if (answer.type === "closed" || answer.type === "reset") return result("server");
    if (answer.type !== "answered") {
      throw new CannotTell(`${formatMissingAnswer(answer)} in answer to request ${requests + 1}`);
    }
    requests++;
    // Each response is examined once; a thousand of them need not be kept.
    connection.contents.clear();
  }
  await connection.wait(SETTLE);
  // If the server announced nothing, sonde stopped first: a later end may be the idle timeout.
  const announced = connection.reader.responses.at(-1)?.announced.persistent === false;
  return announced || connection.surplusBytes > 0 ? await endOf(connection, result) : result("limit");
}

async function endOf(connection: LabConnection, result: (stop: Run["stop"]) => Run): Promise<Run> {
  await connection.wait(SETTLE);
  if (connection.surplusBytes > 0) {
    throw new CannotTell(
      `${formatQuantity(connection.surplusBytes, "octet")} came that no request had asked for`,
    );
  }
  return result("server");
}

function announcements(connection: LabConnection): Pick<Run, "announcedClose" | "announcedMax" | "how"> {
  const { responses } = connection.reader;
  const announcedMax = responses[0]?.announced.max;
  const end = endFacts(connection);
  return withoutUndefined({
    announcedClose: responses.at(-1)?.announced.persistent === false,
    announcedMax,
    how: end?.how,
  });
}
