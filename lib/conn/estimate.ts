/**
 * How long experiments take at most, as slow as the server answers.
 *
 * @module
 */

import type { Experiment } from "./experiment.ts";
import type { Settings } from "./settings.ts";

/** How fast a server answers, and whether it does so on several connections at a time. */
export interface Pace {
  /** Milliseconds for one answer. */
  readonly answerMs: number;
  readonly oneAtATime: boolean;
}

/** Milliseconds beside an answer: to open and close the connection, and for the server to notice. */
const BESIDE = 60;
/** Answers are not all equally fast. */
const MARGIN = 1.15;

/** Milliseconds that an experiment takes at most. */
export function longestOf(
  experiment: Experiment,
  settings: Settings,
  { answerMs, oneAtATime }: Pace,
): number {
  const connections = experiment.connections(settings);
  const own = experiment.atMost(settings);
  const answers = MARGIN * experiment.answers(settings) * (answerMs + BESIDE);
  return Math.ceil(oneAtATime ? connections * own + answers : own + answers / connections);
}
