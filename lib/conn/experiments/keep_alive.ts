/**
 * Experiment `keep-alive`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { Unsteady } from "../lab/cannot_tell.ts";
import { roundMs } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { ASKING, type KeptRun, PAUSE, REQUESTS, runKept, SETTLE } from "./kept_run.ts";
import { withoutUndefined } from "../../without_undefined.ts";

type Outcome = "yes" | "no" | "lie";

/** Sends several requests on one connection. */
export const KEEP_ALIVE: Experiment<Outcome> = {
  name: "keep-alive",
  question: "Does the server answer a second and a third request on the same connection?",
  sends:
    "three GETs on one connection without a Connection field; three on another with keep-alive, the last after 0.7 s",
  choice: "default",
  quick: true,
  ordinary: true,
  shortNames: { keepAlive: "outcome" },
  outcomes: {
    yes: "the server answers further requests on the connection",
    no: "the server announces that it closes after the first answer, and does",
    lie: {
      means: "the server promises to keep the connection, but loses the next request or closes too early",
      finding: {
        code: "keep-alive-lie",
        severity: "problem",
        advice:
          "send Connection: close before closing, or keep the connection: a client that trusts the answer loses its next request",
      },
    },
  },
  connections: () => 1,
  answers: () => 5 * REQUESTS,
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

async function runKeepAlive(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
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
      formatQuantity(surplus.surplus, "octet")
    } came that no request had asked for`;
    return { outcome: "unknown", summary, facts };
  }
  const lie = runs.find((run) => run.lied);
  if (lie) return { outcome: "lie", summary: `${formatAnnounced(lie)}, but ${lie.loss}`, facts };
  if (runs.some(isKept)) {
    return { outcome: "yes", summary: formatKept(plain, asking), facts };
  }
  return {
    outcome: "no",
    summary: "the server closes after every answer, which its answers say or imply",
    facts,
  };
}

/** Repeats the test on a lost connection: a single loss may be an accident. */
async function confirm(lab: Lab, asked: boolean): Promise<KeptRun> {
  const first = await runKept(lab, asked);
  if (!first.lied) return first;
  const second = await runKept(lab, asked);
  if (second.lied) return second;
  throw new Unsteady(`one connection was lost (${first.loss}), another one was not`);
}

/**
 * Repeats the test if only one of the two connections was kept, to exclude chance, such as two servers behind one
 * address that take turns.
 *
 * @throws {CannotTell} If chance was the cause
 */
async function assureSteady(lab: Lab, ...runs: readonly KeptRun[]): Promise<void> {
  if (new Set(runs.map(isKept)).size === 1 || runs.some(({ lied }) => lied)) return;
  // In the opposite order, in case two servers take turns.
  for (const run of runs.toReversed()) {
    if (isKept(await runKept(lab, run.asked)) === isKept(run)) continue;
    throw new Unsteady("the server keeps some connections after the same request, and closes others");
  }
}

function isKept({ answered }: KeptRun): boolean {
  return answered > 1;
}

function factsOf({ answered, heads, stop, loss, closedAfter, how }: KeptRun): Record<string, unknown> {
  return withoutUndefined({
    answered,
    answers: heads,
    stop,
    loss,
    ...(closedAfter !== undefined && { closedAfter: roundMs(closedAfter) }),
    how,
  });
}

function formatAnnounced({ heads }: KeptRun): string {
  const timeout = heads.at(-1)?.timeout;
  return timeout === undefined ? "the answer announces no close" : `the answer announces ${timeout} s`;
}

function formatKept(plain: KeptRun, asking: KeptRun): string {
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
  const closed = closedAfter === undefined ? "" : `; closed after ${formatDuration(closedAfter)} of silence`;
  const { answered, stop } = plain.answered >= asking.answered ? plain : asking;
  const last = stop === "announced" ? "the last with close, " : "";
  return `${answered} of ${REQUESTS} requests answered on one connection, ${last}${which}${limits}${closed}`;
}
