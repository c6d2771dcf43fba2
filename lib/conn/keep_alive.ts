/**
 * Experiment `keep-alive`.
 *
 * @module
 */

import type { Experiment, Verdict } from "./experiment.ts";
import { describeMiss, type Lab } from "./lab.ts";
import { endFacts, type HeadFacts, headFacts, roundMs, sayCount, sayHow, sayMs } from "./observe.ts";
import { CannotTell } from "./options.ts";

type Outcome = "yes" | "no" | "lie";

/** Requests on each connection. */
const REQUESTS = 3;
/**
 * Milliseconds of silence before the last request of the second connection: whoever closes so soon keeps nothing. Away
 * from one second, which servers have as their idle timeout: the request would meet the close.
 */
const PAUSE = 700;
/** Milliseconds for a second answer, or an end, that was sent together with the answer to arrive. */
const SETTLE = 40;
/** A server may count the time that it announced from an earlier moment; in milliseconds. */
const TOLERANCE = 250;

const ASKING = [["Connection", "keep-alive"]] as const;

/** Whether one connection carries several requests. */
export const KEEP_ALIVE: Experiment<Outcome> = {
  name: "keep-alive",
  question: "Does a second and a third request on the same connection work?",
  sends:
    "three GETs on one connection without a Connection field, three with keep-alive, the last after 0.7 s",
  choice: "default",
  outcomes: {
    yes: "further requests on the connection are answered",
    no: "the server announces that it closes after the first answer, and does",
    lie:
      "the server says that the connection stays open, and loses the next request or closes long before it said",
  },
  connections: () => 1,
  atMost: () => 2 * PAUSE + 10 * SETTLE,
  plan: (subject) => [
    {
      note: "three times on one connection, each after the answer to the one before",
      bytes: subject.request().bytes,
    },
    {
      note: "three times on another, the third after 0.7 s",
      bytes: subject.request({ headers: ASKING }).bytes,
    },
  ],
  run: runKeepAlive,
};

interface Run {
  readonly asked: boolean;
  readonly answered: number;
  readonly heads: readonly HeadFacts[];
  /** Octets that came without a request. */
  readonly surplus: number;
  /** Why it went no further: what was announced and what was seen. */
  readonly stop: "done" | "announced" | "lost";
  /** For `lost`, in words. */
  readonly loss?: string;
  /** For `lost`: the connection was to stay open for longer. */
  readonly lied: boolean;
  /** Milliseconds of silence after which it ended. */
  readonly closedAfter?: number;
  readonly how?: string;
}

async function runKeepAlive(lab: Lab): Promise<Verdict<Outcome>> {
  const plain = await confirm(lab, false);
  const asking = await confirm(lab, true);
  await assureSteady(lab, plain, asking);
  const runs = [plain, asking];
  const announced = plain.heads[0];
  const facts = {
    answered: plain.answered,
    announced: announced
      ? { persistent: announced.persistent, timeout: announced.timeout, max: announced.max }
      : null,
    withoutAsking: factsOf(plain),
    whenAsked: factsOf(asking),
    surplusBytes: Math.max(plain.surplus, asking.surplus),
  };
  const surplus = runs.find((run) => run.surplus > 0);
  if (surplus) {
    const summary = `could not tell: ${
      sayCount(surplus.surplus, "octet")
    } came that no request had asked for`;
    return { outcome: "unknown", summary, facts };
  }
  const lie = runs.find((run) => run.lied);
  if (lie) return { outcome: "lie", summary: `${sayAnnounced(lie)}, but ${lie.loss}`, facts };
  if (runs.some(isKept)) {
    return { outcome: "yes", summary: sayKept(plain, asking), facts };
  }
  return { outcome: "no", summary: "the server closes after every answer, and says so", facts };
}

/** A connection that was lost is tried once more: one loss may be an accident. */
async function confirm(lab: Lab, asked: boolean): Promise<Run> {
  const first = await runOnce(lab, asked);
  if (!first.lied) return first;
  const second = await runOnce(lab, asked);
  if (second.lied) return second;
  throw new CannotTell(`one connection was lost (${first.loss}), another one was not`);
}

/**
 * Where a connection is kept only with or only without asking for it: makes sure that it is not by chance, as with two
 * servers behind one address that take turns.
 *
 * @throws {CannotTell} If it is
 */
async function assureSteady(lab: Lab, ...runs: readonly Run[]): Promise<void> {
  if (new Set(runs.map(isKept)).size === 1 || runs.some(({ lied }) => lied)) return;
  // The other way round, in case that two servers take turns.
  for (const run of runs.toReversed()) {
    if (isKept(await runOnce(lab, run.asked)) === isKept(run)) continue;
    throw new CannotTell("some connections are kept after the same request, others are not");
  }
}

function isKept({ answered }: Run): boolean {
  return answered > 1;
}

async function runOnce(lab: Lab, asked: boolean): Promise<Run> {
  await using line = await lab.open();
  const request = lab.subject.request(asked ? { headers: ASKING } : {});
  const heads: HeadFacts[] = [];
  const result = (rest: Pick<Run, "stop" | "lied"> & Partial<Run>): Run => ({
    asked,
    answered: heads.length,
    heads,
    surplus: line.surplusBytes,
    ...rest,
  });
  for (let number = 1; number <= REQUESTS; number++) {
    const silent = asked && number === REQUESTS ? PAUSE : 0;
    if (number > 1) {
      await line.wait(Math.max(silent, SETTLE));
      if (line.surplusBytes > 0) return result({ stop: "done", lied: false });
      const { persistent, max } = heads.at(-1)!;
      if (!persistent || max === 0) return result({ stop: "announced", lied: false });
      const ended = endFacts(line);
      if (ended) return result(judgeEnd(ended, heads, silent > 0));
      // It switched to another protocol, or its framing is such that RFC 9112 §6.3 forbids to go on.
      if (!line.reusable) {
        throw new CannotTell("after such an answer no request may follow on the connection");
      }
    }
    const answer = number === 1
      ? await lab.mustAsk(line, request)
      : await line.ask(request, lab.settings.answerTime);
    if (answer.type === "late") {
      return result({ stop: "lost", lied: true, loss: `request ${number} on the connection got no answer` });
    }
    if (answer.type !== "answered") {
      const loss = `request ${number} was not answered: ${describeMiss(answer)}`;
      return result({ stop: "lost", lied: true, loss, ...(line.end && { how: line.end.how }) });
    }
    heads.push(headFacts(answer.response!));
  }
  await line.wait(SETTLE);
  return result({ stop: "done", lied: false });
}

/** The server closed between two requests: is that against what it had said? */
function judgeEnd(
  { how, after }: { how: string; after: number },
  heads: readonly HeadFacts[],
  afterPause: boolean,
): Pick<Run, "stop" | "lied"> & Partial<Run> {
  const { timeout } = heads.at(-1)!;
  const early = timeout === undefined
    // Nothing was promised: a server may close an idle connection at any time, but not at once after every answer.
    ? !afterPause || after < SETTLE
    : after < timeout * 1000 - TOLERANCE;
  const loss = `it was closed with ${sayHow(how)} ${sayMs(after)} after answer ${heads.length}`;
  return { stop: "lost", lied: early, loss, closedAfter: after, how };
}

function factsOf({ answered, heads, stop, loss, closedAfter, how }: Run): Record<string, unknown> {
  return {
    answered,
    answers: heads,
    stop,
    ...(loss !== undefined && { loss }),
    ...(closedAfter !== undefined && { closedAfter: roundMs(closedAfter) }),
    ...(how !== undefined && { how }),
  };
}

function sayAnnounced({ heads }: Run): string {
  const timeout = heads.at(-1)?.timeout;
  return timeout === undefined
    ? "the answer says that the connection stays open"
    : `the answer announces ${timeout} s`;
}

function sayKept(plain: Run, asking: Run): string {
  const [first] = isKept(plain) ? plain.heads : asking.heads;
  const which = isKept(plain) && isKept(asking)
    ? "with and without asking for it"
    : isKept(plain)
    ? "but not when asked for keep-alive"
    : "only when asked for keep-alive";
  const limits = [
    first?.timeout === undefined ? "" : `; announces ${first.timeout} s`,
    first?.max === undefined ? "" : `; announces ${first.max} more requests`,
  ].join("");
  const { closedAfter } = asking;
  const closed = closedAfter === undefined ? "" : `; closed after ${sayMs(closedAfter)} of silence`;
  const most = Math.max(plain.answered, asking.answered);
  return `${most} of ${REQUESTS} requests answered on one connection, ${which}${limits}${closed}`;
}
