/**
 * Reads the samples of `idle-timeout` from its facts.
 *
 * @module
 */

import type { ExperimentReport } from "../../result.ts";

/** A sample of `idle-timeout`, as it stands in the facts. */
export interface IdleSampleFacts {
  readonly address: string;
  /** `Server` and `Via` of the answer on this connection. */
  readonly answeredBy?: readonly string[];
  /** Seconds of silence after which the connection ended. */
  readonly seconds?: number;
  readonly how?: string;
  /** For `close-notify`: whether FIN followed. */
  readonly fin?: boolean;
  readonly finAfter?: number;
  /** Seconds of silence that it survived. */
  readonly atLeast?: number;
  /** Seconds that its own answer announced. */
  readonly announced?: number;
  /** Milliseconds that its answer took. */
  readonly answerMs?: number;
  /** `false` if the server closed the connection with the answer. */
  readonly kept?: boolean;
}

/** Gives the samples of connections that the server kept after the answer. */
export function keptSamples(idle: ExperimentReport | undefined): IdleSampleFacts[] {
  const samples = idle?.facts.samples;
  const all = Array.isArray(samples) ? samples as readonly IdleSampleFacts[] : [];
  return all.filter(({ kept }) => kept !== false);
}
