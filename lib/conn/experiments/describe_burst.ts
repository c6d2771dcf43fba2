/**
 * Describes the outcome of requests that were sent at once, in facts and in words.
 *
 * @module
 */

import { formatDuration } from "../../text/duration.ts";
import { roundMs } from "../lab/facts.ts";
import { formatHow } from "../lab/format_end.ts";
import type { Burst, PipeliningOutcome } from "./judge_pipelining.ts";

/** A burst and its outcome; `unsteady` if it differed between tries. */
export type Judged = Burst & { readonly outcome: PipeliningOutcome | "unsteady" };

/** Gives the facts of one burst. */
export function burstFacts({ outcome, answers, times, end }: Judged): Record<string, unknown> {
  return {
    outcome,
    answered: answers.length,
    statuses: answers.map(({ status }) => status),
    order: answers.map(({ request }) => request ?? null),
    firstOctetMs: times.map(roundMs),
    how: end ?? null,
  };
}

/** Formats one burst as a line. */
export function formatBurst(burst: Burst, outcome: string, sent: number): string {
  const { answers, end, times } = burst;
  const count = `${answers.length} of ${sent} answered`;
  switch (outcome) {
    case "full":
      return `${count}, in order${
        answers.some(({ request }) => request === undefined) ? " as far as it can be told" : ""
      }`;
    case "serialised":
      return `${count} in order, one after the other (${times.map((ms) => formatDuration(ms)).join(", ")})`;
    case "reordered":
      return `${count}, in the order ${answers.map(({ request }) => request ?? "?").join(", ")}`;
    case "refused":
      return `${count}${answers[0] ? `, the first with ${answers[0].status}` : ""}${
        end ? `, then ${formatHow(end)}` : ""
      }`;
    default:
      return `${count}${end ? `, then ${formatHow(end)}` : ", and no more came"}`;
  }
}
