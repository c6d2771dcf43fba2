/**
 * Experiment `slow-head`.
 *
 * @module
 */

import { encodeLatin1 } from "../../http/octets.ts";
import type { Experiment } from "../experiment.ts";
import type { Lab } from "../lab/lab.ts";
import type { Subject } from "../subject.ts";
import { INTERVAL, runSlow, SLOW_OUTCOMES, type SlowOutcome } from "./slow_request.ts";

/** Sends a head slowly. */
export const SLOW_HEAD: Experiment<SlowOutcome> = {
  name: "slow-head",
  question: "When and how does the server give up on a head that comes slowly?",
  sends: "a GET; on another connection a GET without its end, then one more field line every 0.9 s",
  choice: "name",
  outcomes: SLOW_OUTCOMES,
  connections: () => 1,
  answers: () => 2,
  atMost: ({ idleLimit }) => idleLimit + INTERVAL,
  plan: (subject) => [
    { note: "alone, to measure the time of an answer", bytes: subject.request().bytes },
    { note: "first, on another connection", bytes: beginHead(subject) },
    { note: "every 0.9 s, with increasing numbers", bytes: encodeLatin1("X-Sonde-1: 1\r\n") },
  ],
  run: (lab: Lab) =>
    runSlow(lab, {
      beginning: beginHead(lab.subject),
      method: "GET",
      piece: (number) => `X-Sonde-${number}: 1\r\n`,
    }),
};

/** Everything except the empty line at the end. */
function beginHead(subject: Subject): Uint8Array {
  return subject.request().bytes.slice(0, -2);
}
