/**
 * Experiment `chunked-request`.
 *
 * @module
 */

import { encodeLatin1 } from "../../http/octets.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell, Unsteady } from "../lab/cannot_tell.ts";
import type { Lab } from "../lab/lab.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import type { Settings } from "../settings.ts";
import type { Subject } from "../subject.ts";

type Outcome = "accepted" | "refused" | "partial" | "out-of-step";

/** Milliseconds in which an answer to misread content would appear. */
const SETTLE = 100;

const FORMS: readonly (readonly [name: string, content: string, trailer: boolean])[] = [
  ["plain", "5\r\nsonde\r\n0\r\n\r\n", false],
  ["extensions", "5;sonde=1\r\nsonde\r\n0;last\r\n\r\n", false],
  ["trailers", "5\r\nsonde\r\n0\r\nX-Sonde: 1\r\n\r\n", true],
];

/** Sends chunked request bodies. */
export const CHUNKED_REQUEST: Experiment<Outcome> = {
  name: "chunked-request",
  question: "Does the server read a chunked request body, including extensions and trailers?",
  sends: "three requests with chunked content, each followed by a GET on the same connection",
  choice: "name",
  outcomes: {
    accepted: "the server reads all three to the end, and the connection stays in step",
    refused: {
      means: "the server refuses chunked content",
      adverse: true,
    },
    partial: {
      means: "the server accepts some forms; others it refuses, leaves unanswered or answers by closing",
      adverse: true,
    },
    "out-of-step": {
      means: "the server mistook content for a request: the connection is out of step",
      finding: {
        code: "desync-risk",
        severity: "problem",
        advice:
          "read chunked content to the end, or refuse it with 411 or 501 and close (RFC 9112 §6.1, §7.1): otherwise the rest of it becomes the next request, behind a proxy the request of another user",
      },
    },
  },
  connections: () => 1,
  answers: () => 2 + 4 * FORMS.length,
  atMost: () => (2 * FORMS.length + 1) * SETTLE,
  plan: (subject, settings) =>
    FORMS.map(([name, content, trailer]) => ({
      note: `${name}, then a GET`,
      bytes: compose(subject, settings, content, trailer),
    })),
  run: runChunkedRequest,
};

function compose(subject: Subject, { method }: Settings, content: string, trailer: boolean): Uint8Array {
  return subject.request({
    method,
    headers: [
      ["Content-Type", "text/plain"],
      ["Transfer-Encoding", "chunked"],
      ...(trailer ? [["Trailer", "X-Sonde"]] as const : []),
    ],
    body: encodeLatin1(content),
  }).bytes;
}

interface Observation {
  readonly status: number | null;
  /** True if the server answered the following GET as it does alone; `null` if it closed the connection. */
  readonly inStep: boolean | null;
  readonly miss?: string;
  /** Neither an answer nor an end came in time, so the server did not refuse. */
  readonly hang?: true;
}

async function runChunkedRequest(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const { response } = await plainAnswer(lab);
  const seen: Record<string, Observation> = {};
  for (const [name, content, trailer] of FORMS) {
    seen[name] = await confirm(lab, compose(lab.subject, lab.settings, content, trailer), response.status);
  }
  const all = Object.values(seen);
  const summary = Object.entries(seen).map(([name, { status, inStep, miss }]) => {
    const step = inStep === true ? "in step" : inStep === false ? "out of step" : "then closed";
    return `${name}: ${status === null ? miss : `${status}, ${step}`}`;
  }).join("; ");
  const facts = { method: lab.settings.method, forms: seen };
  if (all.some(({ inStep }) => inStep === false)) return { outcome: "out-of-step", summary, facts };
  if (all.every(({ hang }) => hang)) {
    return { outcome: "unknown", summary: `could not tell: ${summary}`, facts };
  }
  if (all.every(isRefused)) {
    const other = await refusalOfContent(lab);
    return other === undefined
      ? { outcome: "refused", summary, facts }
      : { outcome: "unknown", summary: `could not tell: ${summary}; ${other}`, facts };
  }
  // If the server answered and then closed, it may have read the content or discarded it with the connection.
  if (!all.some(({ inStep }) => inStep) && !all.some(isRefused)) {
    return { outcome: "unknown", summary: `could not tell whether the content was read: ${summary}`, facts };
  }
  const accepted = all.every((seen) => seen.inStep && !isRefused(seen));
  return { outcome: accepted ? "accepted" : "partial", summary, facts };
}

/** 400, 411 and 501 refer to the framing; any other status refers to the resource. */
function isRefused({ status, hang }: Observation): boolean {
  return (status === null && !hang) || status === 400 || status === 411 || status === 501;
}

/** Finds a sign that the server refuses any content, not just this framing. */
async function refusalOfContent(lab: Lab): Promise<string | undefined> {
  await using connection = await lab.open();
  const { method, answerTime } = lab.settings;
  const { bytes } = lab.subject.request({
    method,
    headers: [["Content-Type", "text/plain"], ["Content-Length", "5"]],
    body: encodeLatin1("sonde"),
  });
  const { response } = await connection.ask({ method, bytes }, answerTime);
  if (!response || !isRefused({ status: response.status, inStep: null })) return undefined;
  return `content with a length is refused as well, with ${response.status}${
    method === "GET" ? ": name a URL and a method for content with -X" : ""
  }`;
}

async function plainAnswer(lab: Lab): Promise<{ response: { status: number } }> {
  await using connection = await lab.open();
  return await lab.mustAsk(connection);
}

/** Repeats a request that the server refused or misread. */
async function confirm(lab: Lab, bytes: Uint8Array, alone: number): Promise<Observation> {
  const first = await observe(lab, bytes, alone);
  if (first.status === alone && first.inStep === true) return first;
  const second = await observe(lab, bytes, alone);
  if (second.status === first.status && second.inStep === first.inStep) return second;
  throw new Unsteady("another connection gave a different result for the same request");
}

async function observe(lab: Lab, bytes: Uint8Array, alone: number): Promise<Observation> {
  await using connection = await lab.open();
  const { method, answerTime } = lab.settings;
  const answer = await connection.ask({ method, bytes }, answerTime);
  if (!answer.response) {
    return {
      status: null,
      inStep: null,
      miss: formatMissingAnswer(answer),
      ...(answer.type === "late" && { hang: true }),
    };
  }
  const { status } = answer.response;
  await connection.wait(SETTLE);
  const ready = await connection.ready();
  if (connection.surplusBytes > 0) return { status, inStep: false };
  if (!ready) return { status, inStep: null };
  const next = await connection.ask(lab.subject.request(), answerTime);
  if (next.type === "closed" || next.type === "reset") return { status, inStep: null };
  if (next.type === "late") throw new CannotTell("no answer came in time to a GET behind the content");
  return { status, inStep: next.response?.status === alone };
}
