/**
 * Experiment `reuse-race`.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { toSeconds } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import { formatHow } from "../lab/format_end.ts";
import { settleAll } from "../lab/settle_all.ts";
import { countChance, formatBound } from "./chance.ts";

type Outcome = "loses" | "none-lost" | "no-timeout";

/** Milliseconds before and after the idle timeout at which requests are sent. */
const OFFSETS = [-120, -60, -30, -15, -8, -4, -2, -1, 0, 1, 2, 4, 8, 15, 30, 60];
/** Connections at the same time. */
const AT_ONCE = 4;
/** Maximum milliseconds between a request and the timeout for its answer to prove anything. */
const NEAR = 15;
/** Minimum number of such requests for a conclusion if none was lost. */
const ENOUGH = 4;
/** Maximum delay on this machine, in milliseconds, with which a request still says something about the server. */
const LATE = 5;

/** Sends requests at the moment of the idle timeout. */
export const REUSE_RACE: Experiment<Outcome> = {
  name: "reuse-race",
  question: "How often does the server lose a request sent at the moment of its idle timeout?",
  sends:
    `a GET on each of ${OFFSETS.length} connections, and another one around the moment of the idle timeout`,
  choice: "name",
  after: "idle-timeout",
  outcomes: {
    loses: {
      means:
        "the server lost requests sent at that moment: clients that reuse idle connections must expect this",
      finding: {
        code: "idle-race",
        severity: "warning",
        advice:
          "make clients and proxies drop idle connections before the server does, and retry idempotent requests that got no answer",
      },
    },
    "none-lost":
      "the server lost none in these tries; the summary gives the share of losses that this does not rule out",
    "no-timeout": "nothing was tried, because the idle timeout is longer than the watch; raise --idle-limit",
  },
  connections: () => AT_ONCE,
  answers: () => 1 + 2 * OFFSETS.length,
  atMost: ({ idleLimit }) => (OFFSETS.length / AT_ONCE + 1) * idleLimit,
  plan: (subject) => [
    {
      note: `twice on each of ${OFFSETS.length} connections, the second time ${-OFFSETS[0]!} ms before to ${
        OFFSETS.at(-1)
      } ms after the idle timeout`,
      bytes: subject.request({ headers: ASKING }).bytes,
    },
  ],
  run: runReuseRace,
};

/** As in `idle-timeout`: some servers keep a connection only on request. */
const ASKING = [["Connection", "keep-alive"]] as const;

function ordinary({ subject }: Lab): ComposedRequest {
  return subject.request({ headers: ASKING });
}

type Fate =
  | "answered"
  | "fin"
  | "close-notify"
  | "tls-truncated"
  | "rst"
  | "closed-before"
  | "silent"
  | "sent-late";

interface Try {
  /** Milliseconds from the idle timeout to the request. */
  readonly offset: number;
  readonly fate: Fate;
}

async function runReuseRace(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const { idleLimit } = lab.settings;
  const known = lab.known("idle-timeout.seconds");
  const timeout = typeof known === "number" ? known * 1000 : await measureTimeout(lab);
  if (timeout === undefined) {
    return {
      outcome: "no-timeout",
      summary: `nothing was tried: a connection was still open after ${
        formatDuration(idleLimit)
      } of silence (--idle-limit watches longer)`,
      facts: { atLeast: toSeconds(idleLimit) },
    };
  }
  const tries: Try[] = [];
  for (let at = 0; at < OFFSETS.length; at += AT_ONCE) {
    const round = OFFSETS.slice(at, at + AT_ONCE).map(async (offset) => ({
      offset,
      fate: await race(lab, timeout + offset),
    }));
    tries.push(...await settleAll(round));
  }
  return judge(tries, timeout);
}

function judge(tries: readonly Try[], timeout: number): ExperimentVerdict<Outcome> {
  const sent = tries.filter(({ fate }) => fate !== "closed-before" && fate !== "sent-late");
  const lost = sent.filter(({ fate }) => fate !== "answered");
  const near = sent.filter(({ offset }) => Math.abs(offset) <= NEAR);
  // Only a request close to the end could have been lost, so only these bound the share.
  const chance = countChance(near.length, near.filter((one) => lost.includes(one)).length);
  const facts = {
    seconds: toSeconds(timeout),
    tries,
    sent: sent.length,
    lost: lost.length,
    lostShare: sent.length === 0 ? null : Math.round((lost.length / sent.length) * 100) / 100,
    chance,
  };
  if (sent.length === 0) {
    const summary =
      "inconclusive: each connection had ended before its request was sent, or this machine was late";
    return { outcome: "unknown", summary, facts };
  }
  if (lost.length === 0 && near.length < ENOUGH) {
    const summary =
      `could not tell: none of ${sent.length} requests was lost, but only ${near.length} could be sent within ${NEAR} ms of the end, which is not steady enough`;
    return { outcome: "unknown", summary, facts };
  }
  const around = `around ${toSeconds(timeout)} s of silence`;
  if (lost.length === 0) {
    const summary =
      `none lost in ${sent.length} tries ${around}; ${near.length} of them fell within ${NEAR} ms of the end, so the share of requests lost there is ${
        formatBound(chance)
      }`;
    return { outcome: "none-lost", summary, facts };
  }
  const ways = [...new Set(lost.map(({ fate }) => fate === "silent" ? "no answer" : formatHow(fate)))]
    .join(", ");
  const summary =
    `${lost.length} lost in ${sent.length} tries ${around} (${ways}): another run may lose more or fewer`;
  return { outcome: "loses", summary, facts };
}

async function measureTimeout(lab: Lab): Promise<number | undefined> {
  await using connection = await lab.open();
  await lab.mustAsk(connection, ordinary(lab));
  const answeredAt = connection.lastOctetAt!;
  await connection.wait(lab.settings.idleLimit, () => connection.end !== undefined);
  return connection.endedByPeer ? connection.end!.at - answeredAt : undefined;
}

async function race(lab: Lab, silence: number): Promise<Fate> {
  await using connection = await lab.open();
  await lab.mustAsk(connection, ordinary(lab));
  const due = connection.lastOctetAt! + silence;
  await connection.wait(Math.max(0, due - performance.now()));
  // An end that a client can see before it sends is not a loss: it opens another connection.
  if (!await connection.ready()) return "closed-before";
  const late = performance.now() - due > LATE;
  const answer = await connection.ask(ordinary(lab), lab.settings.answerTime);
  if (late) return "sent-late";
  switch (answer.type) {
    case "answered":
      return "answered";
    case "closed": {
      const how = connection.end?.how;
      return how === "close-notify" || how === "tls-truncated" ? how : "fin";
    }
    case "reset":
      return "rst";
    case "late":
      return "silent";
    default:
      throw new CannotTell("an answer could not be read");
  }
}
