/**
 * Experiment `http10`.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell, Unsteady } from "../lab/cannot_tell.ts";
import { endFacts, type HeadFacts, headFacts, howFacts } from "../lab/facts.ts";
import { assureAnswer, type Lab } from "../lab/lab.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { settleAll } from "../lab/settle_all.ts";
import { type End, END_LIMIT, isIdleEnd, measureIdleEnd } from "./late_end.ts";
import { withoutUndefined } from "../../without_undefined.ts";

type Outcome = "closes" | "keep-alive" | "left-open" | "unframed-open" | "refused";

/** Milliseconds to wait for the end of a connection that should not persist. */
const SETTLE = 40;

const ASKING = [["Connection", "keep-alive"]] as const;

/** Sends HTTP/1.0 requests. */
export const HTTP10: Experiment<Outcome> = {
  name: "http10",
  question: "How does the server answer HTTP/1.0, with and without keep-alive?",
  sends: "an HTTP/1.0 GET, and two with Connection: keep-alive on another connection",
  choice: "default",
  quick: true,
  ordinary: true,
  outcomes: {
    closes: "the server closes after each answer, even with Connection: keep-alive",
    "keep-alive": "the server closes after the answer, and keeps the connection with Connection: keep-alive",
    "left-open": {
      means: "the server leaves the connection open without being asked: old clients wait for its end",
      finding: {
        code: "http10-left-open",
        severity: "warning",
        advice:
          "close after answering an HTTP/1.0 request without keep-alive: old clients and health checks wait for the end",
      },
    },
    "unframed-open": {
      means:
        "the answer has no length or is chunked, and the connection stays open: an HTTP/1.0 client cannot tell where the answer ends",
      finding: {
        code: "http10-unframed",
        severity: "problem",
        advice:
          "send Content-Length, or close after the answer: otherwise an HTTP/1.0 client cannot tell where the answer ends",
      },
    },
    refused: {
      means: "the server refuses HTTP/1.0",
      adverse: true,
    },
  },
  connections: () => 2,
  answers: () => 9,
  atMost: () => 3 * END_LIMIT + 2 * SETTLE,
  plan: (subject) => [
    { note: "once", bytes: subject.request({ version: "1.0" }).bytes },
    {
      note: "twice, on another connection",
      bytes: subject.request({ version: "1.0", headers: ASKING }).bytes,
    },
    {
      note: "once, only if the close comes late; it measures the idle timeout",
      bytes: subject.request().bytes,
    },
  ],
  run: runHttp10,
};

interface Observation {
  readonly head?: HeadFacts;
  /** The reason why no head came. */
  readonly miss?: string;
  readonly end?: End;
  readonly complete: boolean;
  /** Answers on this connection. */
  readonly answered: number;
  /** Milliseconds during which the connection stayed open after the last octet of an answer without an end. */
  readonly openFor?: number;
}

async function runHttp10(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const first = await settleAll([observe(lab, false), observe(lab, true)]);
  const [plain, asked] = await settleAll([confirm(lab, false, first[0]), confirm(lab, true, first[1])]);
  const facts = { plain: factsOf(plain), asked: factsOf(asked) };
  const { head } = plain;
  if (!head) {
    await assureAnswer(lab);
    return { outcome: "refused", summary: `no answer to HTTP/1.0: ${plain.miss}`, facts };
  }
  // RFC 9110 §15.6.6 and 15.5.22 define statuses for it; a server error that only these requests get refers to it too.
  const failed = head.status >= 500 && head.status !== lab.site.status;
  if (failed || head.status === 426 || head.status === 400) {
    return { outcome: "refused", summary: `answered with ${head.status}`, facts };
  }
  const idle = await measureIdleEnd(lab, [plain.end, asked.end]);
  const answer = `answered as HTTP/${head.version}, ${head.framing}`;
  const unframed = formatUnframed(plain, idle);
  if (unframed !== undefined) return { outcome: "unframed-open", summary: `${answer}, ${unframed}`, facts };
  const closed = plain.end ? `${answer}, closed after ${formatDuration(plain.end.after)}` : answer;
  const unframedAsked = formatUnframed(asked, idle);
  if (unframedAsked !== undefined) {
    const { version, framing } = asked.head!;
    const summary = `${closed}; when asked to be kept: HTTP/${version}, ${framing}, ${unframedAsked}`;
    return { outcome: "unframed-open", summary, facts };
  }
  if (!plain.end) {
    return {
      outcome: "left-open",
      summary: `${answer}, still open after ${formatDuration(END_LIMIT)}`,
      facts,
    };
  }
  if (isIdleEnd(plain.end, idle)) {
    return { outcome: "left-open", summary: `${closed}, by the idle timeout only`, facts };
  }
  return asked.answered > 1
    ? { outcome: "keep-alive", summary: `${closed}; kept when asked to`, facts }
    : { outcome: "closes", summary: `${closed}; ${formatNotKept(asked)} when asked to keep it`, facts };
}

/** Repeats an observation that counts against the server: another connection may give a different result. */
async function confirm(lab: Lab, asked: boolean, seen: Observation): Promise<Observation> {
  const good = asked ? seen.answered > 1 : seen.head !== undefined && seen.end !== undefined;
  if (good) return seen;
  // A server that answers nothing at all at this time does not refuse the version.
  if (!seen.head) await assureAnswer(lab);
  const again = await observe(lab, asked);
  const fate = ({ head, end, answered }: Observation): unknown =>
    asked ? `${answered > 1} ${end !== undefined}` : `${head !== undefined} ${end !== undefined}`;
  if (fate(again) === fate(seen)) return again;
  throw new Unsteady("two connections gave different results for the same request");
}

/**
 * Explains why an HTTP/1.0 client cannot find the end of an answer, for which it relies on the end of the connection;
 * `undefined` if it can.
 */
function formatUnframed(
  { head, end, answered, openFor }: Observation,
  idle: number | undefined,
): string | undefined {
  // RFC 9112 §6.1: HTTP/1.0 does not define chunked.
  if (head?.framing !== "until-close" && head?.framing !== "chunked") return undefined;
  if (!end && answered > 0) return "which HTTP/1.0 does not define, and the connection stays open";
  if (!end) return `neither ended nor closed after ${formatDuration(openFor ?? END_LIMIT)}`;
  const late = end.after >= END_LIMIT || isIdleEnd(end, idle);
  return late
    ? `not ended before the connection was closed after ${formatDuration(end.after)} of silence`
    : undefined;
}

function formatNotKept({ head, answered, end }: Observation): string {
  const said = head?.persistent === true && answered === 1 && end !== undefined;
  return said ? "closed without announcing it" : "not kept";
}

async function observe(lab: Lab, asked: boolean): Promise<Observation> {
  await using connection = await lab.open();
  const request = lab.subject.request({ version: "1.0", headers: asked ? ASKING : undefined });
  // An unframed answer on an open connection would use up the whole time, so waiting for its end has its own limit.
  const answer = await connection.ask(request, lab.settings.answerTime);
  const { response } = answer;
  if (answer.type === "interrupted" || answer.type === "malformed" || answer.type === "large") {
    throw new CannotTell(formatMissingAnswer(answer));
  }
  if (!response) return { miss: formatMissingAnswer(answer), complete: false, answered: 0 };
  const head = headFacts(response);
  let answered = response.body.complete ? 1 : 0;
  if (asked && answered === 1) {
    await connection.wait(SETTLE);
    if (await connection.ready()) {
      const second = await connection.ask(request, lab.settings.answerTime);
      if (second.type === "late") throw new CannotTell("no answer came in time to a second request");
      if (second.type === "answered") answered++;
    }
  } else if (!asked || answer.type === "late") await connection.wait(END_LIMIT);
  const end = endFacts(connection);
  const openFor = performance.now() - (connection.lastOctetAt ?? answer.startedAt);
  // Only silence shows that nothing more is coming, and only without a length can that be the whole answer.
  if (!response.body.complete && !end && (head.framing === "content-length" || openFor < END_LIMIT / 2)) {
    throw new CannotTell("an answer to HTTP/1.0 was not complete in time");
  }
  return withoutUndefined({
    head,
    end,
    complete: response.body.complete,
    answered,
    openFor: end ? undefined : openFor,
  });
}

function factsOf({ head, miss, end, complete, answered }: Observation): Record<string, unknown> {
  return withoutUndefined({
    status: head?.status,
    version: head?.version,
    framing: head?.framing,
    persistent: head?.persistent,
    miss,
    complete,
    answered,
    ...howFacts(end),
    after: end?.after ?? null,
  });
}
