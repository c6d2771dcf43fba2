/**
 * Experiment `early-answer`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { roundMs } from "../lab/facts.ts";
import { assureAnswer, type Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import type { Settings } from "../settings.ts";
import type { Subject } from "../subject.ts";
import { countChance, formatBound } from "./chance.ts";

type Outcome = "readable" | "lost" | "after-content" | "no-answer";

/** Octets that the head promises: more than servers accept by default. */
const PROMISED = 256 * 1024 * 1024;
/** Maximum octets to send. */
const SENT = 8 * 1024 * 1024;
/** Octets of one write. */
const PIECE = 64 * 1024;
/** Milliseconds to wait for the answer after sending enough. */
const MIN_WAIT_MS = 3_000;
/** Number of tries: chance decides whether a reset overtakes the answer. */
const TRIES = 4;

/** Sends much content, and reads an answer that comes meanwhile. */
export const EARLY_ANSWER: Experiment<Outcome> = {
  name: "early-answer",
  question:
    "Can a client read an answer that comes while it is still sending (413, 401), or does a reset destroy it?",
  sends:
    "four requests that promise 256 MiB of content, and up to 8 MiB of it; four more if one answer is lost",
  choice: "name",
  outcomes: {
    readable:
      "an answer came while sonde was sending, and sonde could read it in full in every try; the summary gives the share of losses that this does not rule out",
    lost: {
      means: "in several tries a reset came before sonde could read the answer",
      finding: {
        code: "reset-loses-answer",
        severity: "problem",
        advice:
          "after an early answer, read on for a moment before closing (lingering close, RFC 9112 §9.6): a reset destroys the answer on its way",
      },
    },
    "after-content": "the server takes the content and does not answer early",
    "no-answer": {
      means: "the server closes without an answer",
      adverse: true,
    },
  },
  connections: () => 1,
  answers: () => 1 + 2 * TRIES,
  atMost: () => 2 * TRIES * MIN_WAIT_MS,
  plan: (subject, settings) => [
    {
      note: `then up to ${SENT / 1024 / 1024} MiB of the letter x, in pieces of ${PIECE / 1024} KiB`,
      bytes: headOf(subject, settings),
    },
  ],
  run: runEarlyAnswer,
};

function headOf(subject: Subject, { method }: Settings): Uint8Array {
  return subject.request({
    method,
    headers: [["Content-Type", "application/octet-stream"], ["Content-Length", String(PROMISED)]],
  }).bytes;
}

interface Observation {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly sentOctets: number;
  readonly after: number;
  readonly how: string | null;
}

async function runEarlyAnswer(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  await assureAnswer(lab);
  const first = await observe(lab);
  // Only a server that answers early and ends the connection leaves the outcome to chance.
  const chancy = first.outcome === "readable" || first.outcome === "lost";
  return chancy ? await countLosses(lab, first) : judgeOne(lab, first);
}

function judgeOne(lab: Lab, seen: Observation): ExperimentVerdict<Outcome> {
  const { outcome, after, sentOctets } = seen;
  const sent = `${formatQuantity(sentOctets, "octet")} of content sent`;
  const summary = outcome === "after-content"
    ? `no answer while ${sent}`
    : `closed after ${formatDuration(after)} without an answer, ${sent}`;
  return { outcome, summary, facts: factsOf(lab, seen) };
}

/** Repeats the request. If one answer was lost, repeats it as often again: a single loss may be an accident. */
async function countLosses(lab: Lab, first: Observation): Promise<ExperimentVerdict<Outcome>> {
  const seen = [first];
  while (seen.length < TRIES) seen.push(await observe(lab));
  const isLost = ({ outcome }: Observation): boolean => outcome === "lost";
  if (seen.filter(isLost).length === 1) {
    while (seen.length < 2 * TRIES) seen.push(await observe(lab));
  }
  const lost = seen.filter(isLost);
  const shown = lost[0] ?? first;
  const chance = countChance(seen.length, lost.length);
  const facts = { ...factsOf(lab, shown), chance };
  const { status, after, sentOctets } = shown;
  const sent = `${formatQuantity(sentOctets, "octet")} of content sent`;
  if (lost.length === 0) {
    const summary = `${status} after ${
      formatDuration(after)
    }, read in full, ${sent}; none lost in ${seen.length} tries, so the share of lost ones is ${
      formatBound(chance)
    }`;
    return { outcome: "readable", summary, facts };
  }
  const counted = `${lost.length} lost in ${seen.length} tries`;
  if (lost.length === 1) {
    return { outcome: "unknown", summary: `could not tell: ${counted}, which may be an accident`, facts };
  }
  const read = status === null ? "no answer" : `only part of a ${status}`;
  const summary = `${counted}: reset after ${formatDuration(after)}, ${read} could be read, ${sent}`;
  return { outcome: "lost", summary, facts };
}

function factsOf(lab: Lab, { status, sentOctets, after, how }: Observation): Record<string, unknown> {
  return { status, sentOctets, after, how, method: lab.settings.method };
}

async function observe(lab: Lab): Promise<Observation> {
  await using connection = await lab.open();
  const startedAt = performance.now();
  connection.send(headOf(lab.subject, lab.settings), { method: lab.settings.method });
  const sending = sendContent(connection);
  const settled = (): boolean =>
    connection.reader.responses[0]?.body.complete === true || connection.reader.failure !== undefined;
  // Reading goes on after a failed write: octets that came before the reset are still readable.
  await connection.wait(MIN_WAIT_MS + 2_000, settled);
  const after = roundMs((connection.lastOctetAt ?? connection.end?.at ?? performance.now()) - startedAt);
  const answer = await connection.answer(0, startedAt, 0);
  const how = connection.endedByPeer ? connection.end!.how : null;
  connection.close();
  const sentOctets = await sending;
  const result = { status: answer.response?.status ?? null, sentOctets, after, how };
  switch (answer.type) {
    case "answered":
      return { outcome: "readable", ...result };
    case "reset":
      return { outcome: "lost", ...result };
    case "closed":
      return { outcome: answer.response ? "lost" : "no-answer", ...result };
    case "late":
      return { outcome: "after-content", ...result };
    default:
      throw new CannotTell(formatMissingAnswer(answer));
  }
}

/** Writes until the connection ends, an answer comes or enough was sent; returns the number of accepted octets. */
async function sendContent(connection: LabConnection): Promise<number> {
  const piece = new Uint8Array(PIECE).fill(0x78);
  let sent = 0;
  while (sent < SENT && connection.end === undefined && connection.reader.responses.length === 0) {
    const outcome = await connection.write(piece);
    if (outcome.type !== "written") break;
    sent += piece.length;
    // Reading gets its turn between two writes.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  connection.transcript.note(`${formatQuantity(sent, "octet")} of content sent`);
  return sent;
}
