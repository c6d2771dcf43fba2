/**
 * The facts of experiment `idle-timeout`.
 *
 * @module
 */

import { howFacts, roundMs, toSeconds } from "../lab/facts.ts";
import type { IdleSample } from "./idle_sample.ts";
import { withoutUndefined } from "../../without_undefined.ts";

/** Maximum milliseconds between ends with a common cause, although their silences began at different times. */
const SAME_MOMENT = 60;

/** A summary of the samples whose connections were kept. */
export interface IdleFound {
  readonly kept: readonly IdleSample[];
  /** Samples that ended, the shortest first. */
  readonly closed: readonly IdleSample[];
  readonly lost: IdleSample | undefined;
  /** Seconds of watching the others. */
  readonly limit: number;
  /** Milliseconds from the start of one sample to the next. */
  readonly stagger: number;
}

/** Gives the facts of the experiment. `seconds`, `how` and `announced` describe the connection that ended first. */
export function idleTimeoutFacts(
  samples: readonly IdleSample[],
  found: IdleFound,
): Record<string, unknown> {
  const { kept, closed, stagger } = found;
  const [first = kept[0]] = closed;
  const unasked = unaskedStatus(samples);
  return withoutUndefined({
    ...idleFacts(found),
    announced: first?.announced ?? null,
    samples: samples.map((sample) => sampleFacts(sample)),
    surplusBytes: Math.max(...samples.map(({ surplus }) => surplus)),
    unasked,
    sweep: sweeps(closed, stagger) || undefined,
  });
}

function idleFacts({ kept, closed: [shortest], lost, limit }: IdleFound): Record<string, unknown> {
  if (shortest) {
    return {
      seconds: toSeconds(shortest.ms),
      ...howFacts(shortest),
      answerMs: roundMs(shortest.answerMs),
    };
  }
  if (kept.length === 0) return { how: null };
  return lost ? { lostBy: limit, lostHow: lost.loss, how: null } : { atLeast: limit, how: null };
}

/**
 * Gives the facts of a sample, with the server and announcement of its own answer: another connection may reach another
 * server.
 */
function sampleFacts(sample: IdleSample): Record<string, unknown> {
  const { announced, answerMs, address, answeredBy } = sample;
  return withoutUndefined({
    ...sampleEnd(sample),
    announced,
    answerMs: roundMs(answerMs),
    address,
    answeredBy,
  });
}

function sampleEnd(sample: IdleSample): Record<string, unknown> {
  const { ms, how, loss, kept } = sample;
  if (!kept) return { kept };
  if (loss !== undefined) return { lostBy: toSeconds(ms), lostHow: loss };
  return how === undefined ? { atLeast: toSeconds(ms) } : { seconds: toSeconds(ms), ...howFacts(sample) };
}

/** Tells whether the server closed connections of different ages at the same moment, in one sweep. */
function sweeps(closed: readonly IdleSample[], stagger: number): boolean {
  return closed.some((sample, index) =>
    closed.slice(0, index).some(({ endedAt, ms, address }) =>
      address === sample.address && Math.abs(endedAt - sample.endedAt) < SAME_MOMENT &&
      Math.abs(ms - sample.ms) > stagger / 2
    )
  );
}

/** Gives the status of an unrequested answer, if one came. */
export function unaskedStatus(samples: readonly IdleSample[]): number | undefined {
  return samples.find(({ unasked }) => unasked !== undefined)?.unasked;
}

/** Gives the announced times in seconds, without duplicates, the shortest first. */
export function announcedTimes(samples: readonly IdleSample[]): number[] {
  const times = samples.flatMap(({ announced }) => announced === undefined ? [] : [announced]);
  return [...new Set(times)].sort((a, b) => a - b);
}
