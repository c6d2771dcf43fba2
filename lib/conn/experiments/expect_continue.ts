/**
 * Experiment `expect-continue`.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { encodeLatin1 } from "../../http/octets.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { howFacts, peerEnd, roundMs, toSeconds } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import { formatHow } from "../lab/format_end.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";
import { settleAll } from "../lab/settle_all.ts";
import type { Settings } from "../settings.ts";
import type { Subject } from "../subject.ts";

type Outcome = "honoured" | "ignored" | "final" | "refused";

/** Milliseconds after which a client sends its content anyway (curl waits 1 s). */
const MIN_WAIT_MS = 2_500;

const CONTENT = encodeLatin1("sonde");

/** Sends `Expect: 100-continue`. */
export const EXPECT_CONTINUE: Experiment<Outcome> = {
  name: "expect-continue",
  question:
    "Does the server answer Expect: 100-continue with 100, how soon, and how long does it wait for a body that never comes?",
  sends:
    "a request with Expect: 100-continue and five octets of content, and one whose content is never sent",
  choice: "name",
  outcomes: {
    honoured: "the server sends 100 and then takes the content",
    ignored: {
      means: "the server says nothing until the content comes: each such request costs the client a wait",
      adverse: true,
    },
    final: "the server sends its final answer without asking for the content",
    refused: {
      means: "the server refuses with 417",
      adverse: true,
    },
  },
  connections: () => 2,
  answers: () => 2,
  atMost: ({ idleLimit }) => Math.max(2 * MIN_WAIT_MS, idleLimit),
  plan: (subject, settings) => [
    { note: "then five octets, after 100 or 2.5 s", bytes: headOf(subject, settings) },
    { note: "on another connection, and nothing more", bytes: headOf(subject, settings) },
  ],
  run: runExpectContinue,
};

function headOf(subject: Subject, { method }: Settings): Uint8Array {
  return subject.request({
    method,
    headers: [["Content-Type", "text/plain"], ["Content-Length", String(CONTENT.length)], [
      "Expect",
      "100-continue",
    ]],
  }).bytes;
}

async function runExpectContinue(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  const [sent, never] = await settleAll([ask(lab), neverSend(lab)]);
  const facts = { ...sent.facts, method: lab.settings.method, bodyNeverSent: never.facts };
  return { outcome: sent.outcome, summary: `${sent.summary}; body never sent: ${never.summary}`, facts };
}

async function ask(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  await using connection = await lab.open();
  const { method, answerTime } = lab.settings;
  const startedAt = performance.now();
  connection.send(headOf(lab.subject, lab.settings), { method });
  await connection.wait(
    MIN_WAIT_MS,
    () => connection.reader.pendingInterim.length > 0 || connection.reader.responses.length > 0,
  );
  // If 100 and the final answer come together, both are already present.
  const seen = [...connection.reader.pendingInterim, ...(connection.reader.responses[0]?.interim ?? [])];
  const interim = seen.some(({ status }) => status === 100);
  const after = roundMs((connection.lastOctetAt ?? performance.now()) - startedAt);
  const early = connection.reader.responses[0];
  if (early && !interim) {
    const facts = { status: early.status, after, interim: false };
    const outcome = early.status === 417 ? "refused" : "final";
    return {
      outcome,
      summary: `${early.status} ${formatDuration(after)} after the head, without asking for the content`,
      facts,
    };
  }
  if (connection.end) throw new CannotTell("the server ended the connection before any answer");
  if (!early) connection.send(CONTENT);
  const answer = await connection.answer(0, startedAt, answerTime);
  if (!answer.response) throw new CannotTell(`${formatMissingAnswer(answer)} after the content was sent`);
  const { status } = answer.response;
  const facts = { status, after: interim ? after : null, interim };
  return interim
    ? { outcome: "honoured", summary: `100 after ${formatDuration(after)}, then ${status}`, facts }
    : {
      outcome: "ignored",
      summary: `nothing within ${formatDuration(MIN_WAIT_MS)}, ${status} after the content`,
      facts,
    };
}

/** Measures how long the server waits for content that never comes. */
async function neverSend(lab: Lab): Promise<{ summary: string; facts: Record<string, unknown> }> {
  await using connection = await lab.open();
  const { method, idleLimit } = lab.settings;
  const startedAt = performance.now();
  connection.send(headOf(lab.subject, lab.settings), { method });
  await connection.wait(idleLimit);
  const status = connection.reader.responses[0]?.status ?? null;
  const answer = status === null ? "no answer" : String(status);
  if (!connection.endedByPeer) {
    const facts = { atLeast: toSeconds(idleLimit), status, how: null };
    return { summary: `${answer}, still open after ${formatDuration(idleLimit)}`, facts };
  }
  return {
    summary: formatEnd(connection, startedAt, answer),
    facts: { seconds: toSeconds(connection.end!.at - startedAt), status, ...howFacts(peerEnd(connection)) },
  };
}

function formatEnd(connection: LabConnection, startedAt: number, answer: string): string {
  return `${answer}, ${formatHow(connection.end!.how, connection.end)} after ${
    formatDuration(connection.end!.at - startedAt)
  }`;
}
