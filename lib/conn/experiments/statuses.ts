/**
 * Experiment `statuses`.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { decodeLatin1, encodeLatin1 } from "../../http/octets.ts";
import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell, Unsteady } from "../lab/cannot_tell.ts";
import { endFacts } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import type { Settings } from "../settings.ts";
import type { Subject } from "../subject.ts";
import { AT_ONCE } from "./late_end.ts";
import { withoutUndefined } from "../../without_undefined.ts";

type Outcome = "kept" | "closes-on-some" | "not-kept";

/** Milliseconds in which an end after an answer appears. */
const SETTLE = 100;

/** Provokes different statuses, and examines the connection after each. */
export const STATUSES: Experiment<Outcome> = {
  name: "statuses",
  question: "Which answers end the connection: 404, 405, 400, 304, 206, 416?",
  sends: "a request that provokes each of them, followed by a GET on the same connection",
  choice: "name",
  quick: true,
  outcomes: {
    kept: "the server keeps the connection after each of them, except perhaps 400, after which it may close",
    "closes-on-some": {
      means: "the server closes after some of these answers: each costs the client a new connection",
      finding: {
        code: "closes-on-error-status",
        severity: "warning",
        advice:
          "keep the connection open after such answers if the request was read to the end: each close costs the client a new connection",
      },
    },
    "not-kept": "the server closes after every answer, whatever its status",
  },
  connections: () => 1,
  answers: () => 1 + 6 * 5,
  atMost: () => 17 * SETTLE,
  plan: (subject, settings) =>
    provocations(subject, settings).map(({ wanted, request }) => ({
      note: `for ${wanted}, then a GET`,
      bytes: request.bytes,
    })),
  run: runStatuses,
};

interface Provocation {
  /** The status that the request should provoke. */
  readonly wanted: number;
  readonly request: ComposedRequest;
}

function provocations(subject: Subject, { method }: Settings): Provocation[] {
  const withoutHost = subject.request({ headers: [["Host", ""]] });
  return [
    { wanted: 404, request: subject.request({ requestTarget: subject.missingTarget() }) },
    { wanted: 206, request: subject.request({ headers: [["Range", "bytes=0-0"]] }) },
    { wanted: 416, request: subject.request({ headers: [["Range", "bytes=99999999999999-"]] }) },
    { wanted: 304, request: subject.request({ headers: [["If-None-Match", "*"]] }) },
    // Other methods are sent only to a URL that the user named for them.
    ...(method === "GET" || method === "HEAD"
      ? []
      : [{ wanted: 405, request: subject.request({ method, headers: [["Content-Length", "0"]] }) }]),
    { wanted: 400, request: { method: "GET", bytes: withoutHostLine(withoutHost.bytes) } },
  ];
}

/** RFC 9112 §3.2: a server must answer a request without Host with 400. */
function withoutHostLine(bytes: Uint8Array): Uint8Array {
  return encodeLatin1(decodeLatin1(bytes).replace(/\r\nHost:[^\r]*/i, ""));
}

interface Observation {
  readonly status: number;
  readonly kept: boolean;
  readonly announced: boolean;
  readonly how?: string;
}

/** No answer came. */
interface Miss {
  readonly miss: string;
  /** No answer came because the server ended the connection. */
  readonly ended: boolean;
}

async function runStatuses(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  if (!await keepsConnections(lab)) {
    return { outcome: "not-kept", summary: "the server closes after every answer", facts: { statuses: {} } };
  }
  const seen: Record<string, Observation | Miss> = {};
  for (const { wanted, request } of provocations(lab.subject, lab.settings)) {
    seen[wanted] = await confirm(lab, request);
  }
  const closed = Object.entries(seen).filter(([wanted, it]) => wanted !== "400" && isEnd(it));
  const untried = "405" in seen ? "" : "; 405 was not tried, because it needs -X with a method";
  const words = Object.entries(seen).map(([wanted, it]) => {
    if ("miss" in it) return `for ${wanted}: ${it.miss}`;
    const status = String(it.status) === wanted ? wanted : `for ${wanted}: ${it.status}`;
    return `${status} ${
      it.kept ? "kept" : it.announced ? "closed, announced" : "closed without announcing it"
    }`;
  }).join(", ");
  const summary = `${words}${untried}`;
  const facts = { statuses: seen };
  if (closed.length > 0) return { outcome: "closes-on-some", summary, facts };
  // A server that neither answers nor closes keeps the connection for no purpose.
  const hangs = Object.entries(seen).some(([wanted, it]) => wanted !== "400" && "miss" in it);
  if (hangs) return { outcome: "unknown", summary: `could not tell: ${summary}`, facts };
  return { outcome: "kept", summary, facts };
}

/** Repeats a status after which the connection closed: an idle timeout or a restart may have been the cause. */
async function confirm(lab: Lab, request: ComposedRequest): Promise<Observation | Miss> {
  const first = await provoke(lab, request);
  if (!isEnd(first)) return first;
  // Between and after the two: a proxy may pass on the request limits of several servers in turn.
  await assureOrdinary(lab);
  const second = await provoke(lab, request);
  if (isEnd(second)) {
    await assureOrdinary(lab);
    return second;
  }
  throw new Unsteady("one connection was closed after such a request, another one was not");
}

/** Checks that an ordinary request in the same place leaves the connection open; only then did the status end it. */
async function assureOrdinary(lab: Lab): Promise<void> {
  if (!isEnd(await provoke(lab, lab.subject.request()))) return;
  throw new CannotTell(
    "an ordinary answer in its place ends the connection as well (max-requests tells how many a connection takes)",
  );
}

function isEnd(seen: Observation | Miss): boolean {
  return "miss" in seen ? seen.ended : !seen.kept;
}

/** Compares with an ordinary answer: only if that leaves the connection open does a close say something. */
async function keepsConnections(lab: Lab): Promise<boolean> {
  await using connection = await lab.open();
  await lab.mustAsk(connection);
  await connection.wait(SETTLE);
  const end = endFacts(connection);
  if (end && end.after > AT_ONCE) {
    throw new CannotTell(`the server closes idle connections after ${formatDuration(end.after)} already`);
  }
  return connection.reusable;
}

async function provoke(lab: Lab, request: ComposedRequest): Promise<Observation | Miss> {
  await using connection = await lab.open();
  await lab.mustAsk(connection);
  if (!await connection.ready()) {
    throw new Unsteady("the server kept one connection after an ordinary answer, and closed another");
  }
  const answer = await connection.ask(request, lab.settings.answerTime);
  const { response } = answer;
  if (!response) {
    return { miss: formatMissingAnswer(answer), ended: answer.type === "closed" || answer.type === "reset" };
  }
  await connection.wait(SETTLE);
  const announced = !response.announced.persistent;
  const status = response.status;
  const ended = (): Observation =>
    withoutUndefined({
      status,
      kept: false,
      announced,
      how: connection.end?.how,
    });
  if (!await connection.ready()) return ended();
  const second = await connection.ask(lab.subject.request(), lab.settings.answerTime);
  if (second.type === "late") {
    return { miss: `${status}, and a GET behind it got no answer in time`, ended: false };
  }
  return second.type === "answered" ? { status, kept: true, announced } : ended();
}
