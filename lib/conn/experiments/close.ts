/**
 * Experiment `close`.
 *
 * @module
 */

import { namesPersistence } from "../../http/persistence.ts";
import { formatDuration } from "../../text/duration.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell, Unsteady } from "../lab/cannot_tell.ts";
import { endFacts, howFacts } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { formatHow } from "../lab/format_end.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { settleAll } from "../lab/settle_all.ts";
import { type End, END_LIMIT, isIdleEnd, measureIdleEnd } from "./late_end.ts";
import { withoutUndefined } from "../../without_undefined.ts";

type Outcome = "honoured" | "left-open" | "silent";

const ALONE = [["Connection", "close"]] as const;
/** RFC 9110 §10.1.4: a sender of TE also names it in Connection. */
const LISTED = [["TE", "trailers"], ["Connection", "TE, close"]] as const;

/** Sends `Connection: close`. */
export const CLOSE: Experiment<Outcome> = {
  name: "close",
  question: "Does the server honour Connection: close, alone and in a list?",
  sends: "a GET with Connection: close, one with Connection: TE, close, each on its own connection",
  choice: "default",
  quick: true,
  ordinary: true,
  outcomes: {
    honoured: "the server announces the close in its answer and closes",
    "left-open": {
      means: "the server leaves the connection open, which wastes resources until the idle timeout",
      finding: {
        code: "close-ignored",
        severity: "warning",
        advice:
          "close after answering a request with Connection: close (RFC 9112 §9.6): clients wait for the end, and an open connection wastes resources",
      },
    },
    silent: {
      means: "the server closes without announcing it in its answer",
      finding: {
        code: "silent-close",
        severity: "warning",
        advice:
          "send Connection: close in the last answer (RFC 9112 §9.6): it tells the client not to send another request",
      },
    },
  },
  connections: () => 2,
  answers: () => 5,
  atMost: () => 3 * END_LIMIT,
  plan: (subject) => [
    { note: "once; then the experiment waits for the end", bytes: subject.request({ headers: ALONE }).bytes },
    { note: "once, on another connection", bytes: subject.request({ headers: LISTED }).bytes },
    {
      note: "once, only if the close comes late; it measures the idle timeout",
      bytes: subject.request().bytes,
    },
  ],
  run: runClose,
};

interface Observation {
  /** The answer said `close`. */
  readonly echoed: boolean;
  /** The answer closes without saying so: by the default of its version, or because its content has no other end. */
  readonly implied: boolean;
  /** RFC 9112 §9.6: the peer's end of the connection, and the milliseconds from the last octet to it. */
  readonly end?: End;
  readonly complete: boolean;
  readonly surplus: number;
}

async function runClose(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const first = await settleAll([observe(lab, ALONE), observe(lab, LISTED)]);
  const idle = await measureIdleEnd(lab, first.map(({ end }) => end));
  const [alone, listed] = await settleAll([
    confirm(lab, ALONE, first[0], idle),
    confirm(lab, LISTED, first[1], idle),
  ]);
  const outcomes = [outcomeOf(alone, idle), outcomeOf(listed, idle)] as const;
  const facts = {
    ...factsOf(alone),
    list: { outcome: outcomes[1], ...factsOf(listed) },
    watchedMs: END_LIMIT,
  };
  return { outcome: outcomes[0], summary: formatClose(alone, listed, outcomes), facts };
}

/** Repeats an observation that counts against the server: another connection may give a different result. */
async function confirm(
  lab: Lab,
  headers: readonly (readonly [string, string])[],
  seen: Observation,
  idle: number | undefined,
): Promise<Observation> {
  const outcome = outcomeOf(seen, idle);
  if (outcome === "honoured") return seen;
  const again = await observe(lab, headers);
  if (outcomeOf(again, idle) === outcome) return again;
  throw new Unsteady("one connection was closed as announced, another one was not");
}

async function observe(
  lab: Lab,
  headers: readonly (readonly [string, string])[],
): Promise<Observation> {
  await using connection = await lab.open();
  const answer = await connection.ask(lab.subject.request({ headers }), lab.settings.answerTime);
  const { response } = answer;
  if (!response || answer.type === "malformed" || answer.type === "interrupted") {
    throw new CannotTell(`${formatMissingAnswer(answer)} in answer to a request`);
  }
  await connection.wait(END_LIMIT);
  const end = endFacts(connection);
  return withoutUndefined({
    echoed: !response.announced.persistent,
    implied: !response.announced.persistent && !namesPersistence(response.headers),
    end,
    complete: response.body.complete,
    surplus: connection.surplusBytes,
  });
}

function outcomeOf({ end, echoed }: Observation, idle: number | undefined): Outcome {
  if (!end || isIdleEnd(end, idle)) return "left-open";
  return echoed ? "honoured" : "silent";
}

function factsOf({ echoed, end, complete, surplus }: Observation): Record<string, unknown> {
  return { echoed, ...howFacts(end), after: end?.after ?? null, complete, surplusBytes: surplus };
}

function formatClose(
  alone: Observation,
  listed: Observation,
  [outcome, listOutcome]: readonly [Outcome, Outcome],
): string {
  const first = formatOne(alone, outcome);
  if (listOutcome === outcome) return `${first}; the same with Connection: TE, close`;
  return `${first}; with Connection: TE, close: ${formatOne(listed, listOutcome)}`;
}

function formatOne({ echoed, implied, end }: Observation, outcome: Outcome): string {
  const said = implied
    ? "the answer implies a close"
    : echoed
    ? "the answer says close"
    : "the answer does not say close";
  switch (outcome) {
    case "honoured":
      return `${said}, ${formatHow(end!.how, end)} ${formatDuration(end!.after)} after the last octet`;
    case "silent":
      return `${said}, yet ${formatHow(end!.how, end)} came ${
        formatDuration(end!.after)
      } after the last octet`;
    case "left-open":
      return end
        ? `${said}, but only the idle timeout closed it after ${formatDuration(end.after)}`
        : `${said}, and the connection was still open after ${formatDuration(END_LIMIT)}`;
  }
}
