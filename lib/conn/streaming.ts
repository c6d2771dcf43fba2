/**
 * Experiment `streaming`.
 *
 * @module
 */

import type { Experiment, Verdict } from "./experiment.ts";
import { describeMiss, type Lab } from "./lab.ts";
import { roundMs, sayCount, sayMs } from "./observe.ts";
import { CannotTell } from "./options.ts";

type Outcome = "streamed" | "at-once" | "quick";

/** Reads that are kept one by one. */
const KEPT = 200;
/** A gap between two reads above this many milliseconds shows that the answer came as it was made. */
const GAP = 50;
/** An answer whose first octet comes sooner, in milliseconds, had nothing to wait for. */
const QUICK = 300;

/** Whether a body arrives as it is made. */
export const STREAMING: Experiment<Outcome> = {
  name: "streaming",
  question: "Does the body arrive as it is made, or held back on the way?",
  sends: "one GET; name it for the URL of an answer that is made piece by piece",
  choice: "name",
  outcomes: {
    streamed: "the body came in pieces with time between them",
    "at-once":
      "after a wait everything came at once: it was made at once, or held back until it was complete",
    quick: "the answer came at once and in full: nothing can be told from it",
  },
  connections: () => 1,
  atMost: () => 0,
  plan: (subject) => [{ note: "once", bytes: subject.request().bytes }],
  run: runStreaming,
};

async function runStreaming(lab: Lab): Promise<Verdict<Outcome>> {
  await using line = await lab.open();
  const reads: { at: number; bytes: number; chunks: number }[] = [];
  const startedAt = performance.now();
  let count = 0;
  let last: number | undefined;
  let longestGapMs = 0;
  line.onReceive = (octets, at) => {
    count++;
    if (last !== undefined) longestGapMs = Math.max(longestGapMs, at - last);
    last = at;
    const chunks = line.reader.responses[0]?.body.chunks ?? 0;
    if (reads.length < KEPT) reads.push({ at: roundMs(at - startedAt), bytes: octets, chunks });
  };
  const request = lab.subject.request();
  const answer = await line.ask(request, lab.settings.answerTime);
  const { response } = answer;
  if (!response || (answer.type !== "answered" && answer.type !== "late")) {
    throw new CannotTell(describeMiss(answer));
  }
  const firstOctetMs = roundMs((answer.firstOctetAt ?? startedAt) - startedAt);
  const lastOctetMs = roundMs((line.lastOctetAt ?? startedAt) - startedAt);
  const facts = {
    firstOctetMs,
    lastOctetMs,
    longestGapMs: roundMs(longestGapMs),
    reads,
    readCount: count,
    chunks: response.body.chunks ?? null,
    bytes: response.body.bytes,
    complete: response.body.complete,
  };
  const figures = `first octet after ${sayMs(firstOctetMs)}, last after ${sayMs(lastOctetMs)}, ${
    sayCount(count, "read")
  }, longest gap ${sayMs(longestGapMs)}`;
  if (longestGapMs > GAP) {
    const unfinished = answer.type === "late" ? "; not at its end yet" : "";
    return { outcome: "streamed", summary: `${figures}${unfinished}`, facts };
  }
  return { outcome: firstOctetMs < QUICK ? "quick" : "at-once", summary: figures, facts };
}
