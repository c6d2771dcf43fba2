/**
 * Experiment `early-answer`.
 *
 * @module
 */

import type { Experiment, Verdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { roundMs } from "../lab/facts.ts";
import { assureAnswer, type Lab } from "../lab/lab.ts";
import type { Line } from "../lab/line.ts";
import { sayMiss, sayMs } from "../lab/say.ts";
import type { Settings } from "../settings.ts";
import type { Subject } from "../subject.ts";

type Outcome = "readable" | "lost" | "after-content" | "no-answer";

/** Octets that the head promises: more than servers take without being told to. */
const PROMISED = 256 * 1024 * 1024;
/** Octets that are sent at most. */
const SENT = 8 * 1024 * 1024;
/** Octets of one write. */
const PIECE = 64 * 1024;
/** Milliseconds for the answer once enough is sent. */
const PATIENCE = 3_000;

/** Whether an answer that comes while we still send can be read. */
export const EARLY_ANSWER: Experiment<Outcome> = {
  name: "early-answer",
  question: "An answer while we still send (413, 401): can it be read, or does a reset destroy it?",
  sends: "a request that promises 256 MiB of content, and up to 8 MiB of it",
  choice: "name",
  outcomes: {
    readable: "the answer came while we were sending, and could be read in full",
    lost: "the connection was reset before the answer could be read",
    "after-content": "the server takes the content and does not answer early",
    "no-answer": "the connection was closed without an answer",
  },
  connections: () => 1,
  atMost: () => 2 * PATIENCE,
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

async function runEarlyAnswer(lab: Lab): Promise<Verdict<Outcome>> {
  await assureAnswer(lab);
  let seen = await observe(lab);
  if (seen.outcome === "lost") {
    // A reset overtakes an answer now and then only: one that can be read shows nothing, one that is lost does.
    const again = await observe(lab);
    seen = again.outcome === "lost" ? again : seen;
  }
  const { outcome, status, sentOctets, after, how } = seen;
  const facts = { status, sentOctets, after, how, method: lab.settings.method };
  const sent = `${Math.round(sentOctets / 1024)} KiB of content sent`;
  switch (outcome) {
    case "readable":
      return { outcome, summary: `${status} after ${sayMs(after)}, read in full, ${sent}`, facts };
    case "lost":
      return {
        outcome,
        summary: `reset after ${sayMs(after)}, ${
          status === null ? "no answer" : `only part of a ${status}`
        } could be read, ${sent}`,
        facts,
      };
    case "after-content":
      return { outcome, summary: `no answer while ${sent}`, facts };
    case "no-answer":
      return { outcome, summary: `closed after ${sayMs(after)} without an answer, ${sent}`, facts };
  }
}

async function observe(lab: Lab): Promise<Observation> {
  await using line = await lab.open();
  const startedAt = performance.now();
  line.send(headOf(lab.subject, lab.settings), { method: lab.settings.method });
  const sending = sendContent(line);
  const settled = (): boolean =>
    line.reader.responses[0]?.body.complete === true || line.reader.failure !== undefined;
  // Reading goes on after a write has failed: what came before the reset can still be read.
  await line.wait(PATIENCE + 2_000, settled);
  const after = roundMs((line.lastOctetAt ?? line.end?.at ?? performance.now()) - startedAt);
  const answer = await line.answer(0, startedAt, 0);
  const how = line.endedByPeer ? line.end!.how : null;
  line.close();
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
      throw new CannotTell(sayMiss(answer));
  }
}

/** Writes until the connection ends, an answer is there or enough was sent; the octets that the system took. */
async function sendContent(line: Line): Promise<number> {
  const piece = new Uint8Array(PIECE).fill(0x78);
  let sent = 0;
  while (sent < SENT && line.end === undefined && line.reader.responses.length === 0) {
    const outcome = await line.write(piece);
    if (outcome.type !== "written") break;
    sent += piece.length;
    // Reading gets its turn between two writes.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  line.transcript.note(`${sent} octets of content sent`);
  return sent;
}
