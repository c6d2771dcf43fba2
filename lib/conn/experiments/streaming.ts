/**
 * Experiment `streaming`.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import type { Experiment, ExperimentVerdict } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { roundMs } from "../lab/facts.ts";
import type { Lab } from "../lab/lab.ts";
import type { LabConnection } from "../lab/lab_connection.ts";
import { formatMissingAnswer } from "../lab/format_missing_answer.ts";

type Outcome = "streamed" | "at-once" | "quick";

/** Maximum reads and chunks to keep one by one. */
const KEPT = 200;
/** Milliseconds of a gap between two reads that shows that the answer came while the server produced it. */
const GAP = 50;
/** If the first octet of an answer comes within this many milliseconds, the server did not wait for anything. */
const QUICK = 300;

/** Records when each piece of a body arrives. */
export const STREAMING: Experiment<Outcome> = {
  name: "streaming",
  question: "Does the body arrive while the server produces it, or does something hold it back?",
  sends: "one GET; choose a URL whose answer the server produces piece by piece",
  choice: "name",
  quick: true,
  outcomes: {
    streamed: "the body came in pieces, with pauses between them",
    "at-once": {
      means:
        "everything came together after a wait: the server produced it in one go, or something held it back until it was complete",
      finding: {
        code: "buffered-on-the-way",
        severity: "warning",
        advice:
          "if the server produces the answer piece by piece, switch off buffering in between (nginx: proxy_buffering off or X-Accel-Buffering: no)",
      },
    },
    quick: "the answer came immediately and in full, so it does not tell",
  },
  connections: () => 1,
  answers: () => 1,
  atMost: () => 0,
  plan: (subject) => [{ note: "once", bytes: subject.request().bytes }],
  run: runStreaming,
};

async function runStreaming(lab: Lab): Promise<ExperimentVerdict<Outcome>> {
  await using connection = await lab.open();
  const startedAt = performance.now();
  const arrivals = new Arrivals(connection, startedAt);
  const request = lab.subject.request();
  const answer = await connection.ask(request, lab.settings.answerTime);
  const { response } = answer;
  if (!response || (answer.type !== "answered" && answer.type !== "late")) {
    throw new CannotTell(formatMissingAnswer(answer));
  }
  const { longestGapMs, readCount } = arrivals;
  const firstOctetMs = roundMs((answer.firstOctetAt ?? startedAt) - startedAt);
  const lastOctetMs = roundMs((connection.lastOctetAt ?? startedAt) - startedAt);
  const facts = {
    firstOctetMs,
    lastOctetMs,
    longestGapMs: roundMs(longestGapMs),
    reads: arrivals.reads,
    readCount,
    chunks: response.body.chunks ?? null,
    chunkArrivals: response.body.chunks === undefined ? null : arrivals.chunks,
    bytes: response.body.bytes,
    complete: response.body.complete,
  };
  const figures = `first octet after ${formatDuration(firstOctetMs)}, last after ${
    formatDuration(lastOctetMs)
  }, ${formatQuantity(readCount, "read")}, longest gap ${formatDuration(longestGapMs)}`;
  if (longestGapMs > GAP) {
    const unfinished = answer.type === "late" ? "; not at its end yet" : "";
    return { outcome: "streamed", summary: `${figures}${unfinished}`, facts };
  }
  return { outcome: firstOctetMs < QUICK ? "quick" : "at-once", summary: figures, facts };
}

/** The arrival of a piece: milliseconds after the request, and octets. */
interface Arrival {
  at: number;
  bytes: number;
}

/** Records when reads and chunks arrive; a chunk has arrived with its last octet. */
class Arrivals {
  readonly reads: Arrival[] = [];
  readonly chunks: Arrival[] = [];
  readCount = 0;
  longestGapMs = 0;

  readonly #connection: LabConnection;
  readonly #startedAt: number;
  #runs: number[] = [];
  #begun = 0;
  #last: number | undefined;

  constructor(connection: LabConnection, startedAt: number) {
    this.#connection = connection;
    this.#startedAt = startedAt;
    connection.onContent = (octets) => this.#runs.push(octets);
    connection.onReceive = ({ length }, at) => this.#take(length, at);
  }

  #take(octets: number, time: number): void {
    if (this.#last !== undefined) this.longestGapMs = Math.max(this.longestGapMs, time - this.#last);
    this.#last = time;
    const at = roundMs(time - this.#startedAt);
    this.readCount++;
    if (this.reads.length < KEPT) this.reads.push({ at, bytes: octets });
    this.#takeChunks(at);
  }

  /** If there is one more run than chunks begun, the first run is the rest of the previous chunk. */
  #takeChunks(at: number): void {
    const runs = this.#runs;
    this.#runs = [];
    const begun = this.#connection.reader.responses[0]?.body.chunks ?? 0;
    const rest = runs.length > begun - this.#begun ? runs.shift() : undefined;
    this.#begun = begun;
    const open = this.chunks.at(-1);
    if (rest !== undefined && open) {
      open.at = at;
      open.bytes += rest;
    }
    for (const bytes of runs) {
      if (this.chunks.length < KEPT) this.chunks.push({ at, bytes });
    }
  }
}
