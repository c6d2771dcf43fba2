/**
 * Experiment `first-byte-silence`.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import type { Experiment } from "../experiment.ts";
import { CannotTell } from "../lab/cannot_tell.ts";
import { howFacts, toSeconds } from "../lab/facts.ts";
import { formatHow, formatLoss } from "../lab/format_end.ts";

/** Measures the life of a connection without any request. */
export const FIRST_BYTE_SILENCE: Experiment<"closes" | "outlives"> = {
  name: "first-byte-silence",
  question: "How long does the server keep a connection without any request, and does a 408 end it?",
  sends: "nothing once the connection (with TLS) is open",
  choice: "name",
  outcomes: {
    closes:
      "the server gives up after the time in the summary; some kernels keep such a connection from the server for longer",
    outlives: "the connection was still open at the end of the watch (--idle-limit)",
  },
  connections: () => 1,
  answers: () => 0,
  atMost: ({ idleLimit }) => idleLimit,
  plan: () => [{ note: "nothing", bytes: new Uint8Array(0) }],
  run: async (lab) => {
    await using connection = await lab.open();
    const { idleLimit } = lab.settings;
    const openedAt = performance.now();
    // A 408 is read as the answer to the request that never came.
    connection.reader.expect({ method: "GET" });
    await connection.wait(idleLimit);
    const answered = connection.reader.responses[0]?.status ?? null;
    const { end } = connection;
    if (!end) {
      const facts = { atLeast: toSeconds(idleLimit), answered, how: null };
      return { outcome: "outlives", summary: `still open after ${formatDuration(idleLimit)}`, facts };
    }
    if (!connection.endedByPeer) throw new CannotTell(formatLoss(connection.end));
    const seconds = toSeconds(end.at - openedAt);
    const with408 = answered === null ? "no answer" : `a ${answered}`;
    return {
      outcome: "closes",
      summary: `${formatHow(end.how, end)} after ${seconds} s, ${with408}`,
      facts: { seconds, answered, ...howFacts(end) },
    };
  },
};
