/**
 * Experiment `slow-body`.
 *
 * @module
 */

import { encodeLatin1 } from "../../http/octets.ts";
import type { Experiment } from "../experiment.ts";
import type { Lab } from "../lab/lab.ts";
import type { Settings } from "../settings.ts";
import type { Subject } from "../subject.ts";
import { INTERVAL, runSlow, SLOW_OUTCOMES, type SlowOutcome } from "./slow_request.ts";

/** Octets of promised content; each piece has one. */
const PROMISED = 10_000;

/** Sends a body slowly. */
export const SLOW_BODY: Experiment<SlowOutcome> = {
  name: "slow-body",
  question: "When and how does the server give up on a body that comes slowly?",
  sends:
    "a GET; on another connection a request that promises 10,000 octets of content, then sends one octet of it every 0.9 s",
  choice: "name",
  outcomes: SLOW_OUTCOMES,
  connections: () => 1,
  answers: () => 2,
  atMost: ({ idleLimit }) => idleLimit + INTERVAL,
  plan: (subject, settings) => [
    { note: "alone, to measure the time of an answer", bytes: subject.request().bytes },
    { note: "first, on another connection", bytes: beginBody(subject, settings) },
    { note: "every 0.9 s", bytes: encodeLatin1("x") },
  ],
  run: (lab: Lab) =>
    runSlow(lab, {
      beginning: beginBody(lab.subject, lab.settings),
      method: lab.settings.method,
      piece: () => "x",
    }),
};

function beginBody(subject: Subject, { method }: Settings): Uint8Array {
  return subject.request({
    method,
    headers: [["Content-Type", "text/plain"], ["Content-Length", String(PROMISED)]],
  }).bytes;
}
