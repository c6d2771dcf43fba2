/**
 * Estimates the longest time of an experiment from the pace of the server.
 *
 * @module
 */

import type { Experiment } from "./experiment.ts";
import type { Settings } from "./settings.ts";

/** The pace of a server. */
export interface Pace {
  /** Milliseconds for one answer. */
  readonly answerMs: number;
  readonly oneAtATime: boolean;
}

/** Milliseconds beside an answer: for opening and closing the connection, and for the server to notice. */
const BESIDE = 60;
/** Factor for the variation between answers. */
const MARGIN = 1.15;

/** Maximum milliseconds of an experiment. */
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

/** Milliseconds for each answer beyond the connection's own time: to notice an end, and to check once more. */
const SLACK = 1_000;

/**
 * Gives the milliseconds after which the runner ends an experiment. It is far more than the experiment needs while the
 * server answers each request in time, so only an experiment that hangs reaches the limit.
 */
export function hardLimit(
  experiment: Pick<Experiment, "atMost" | "answers" | "connections">,
  settings: Settings,
  connectTimeout: number,
): number {
  const connections = Math.max(1, experiment.connections(settings));
  const waits = experiment.answers(settings) + connections;
  // A connection takes at most twice the time for one address, and experiments may have to take turns.
  return connections * experiment.atMost(settings) + waits * (settings.answerTime + 2 * connectTimeout) +
    SLACK;
}
