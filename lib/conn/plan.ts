/**
 * What a profile would send, without sending it.
 *
 * @module
 */

import type { SettledTarget } from "../target.ts";
import type { PlannedSend } from "./experiment.ts";
import type { ProfileOptions } from "./options.ts";
import { selectExperiments } from "./select.ts";
import { settleOptions } from "./settings.ts";
import { Subject } from "./subject.ts";

/** What one experiment would do. */
export interface PlannedExperiment {
  /** As in the profile. */
  readonly name: string;
  /** What it asks of the server. */
  readonly question: string;
  /** What goes over the wire, in words. */
  readonly sends: string;
  /** Connections at the same time. */
  readonly connections: number;
  /** The longest that it takes beside the server's time for its answers, in milliseconds. */
  readonly atMost: number;
  /** The very octets. */
  readonly requests: readonly PlannedSend[];
}

/**
 * Plans a profile. Nothing is looked up and nothing sent; experiments that need several addresses are listed as well.
 *
 * @throws {TypeError} If an experiment does not exist or is not permitted
 * @throws {RangeError} If a number among the options cannot be used
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseTarget, settleTarget } from "../target.ts";
 * import { planProfile } from "./plan.ts";
 *
 * const target = settleTarget(parseTarget("http://example.org/"), "http");
 * assertEquals(planProfile(target, { only: ["head"] }).map(({ name }) => name), ["head"]);
 * ```
 */
export function planProfile(target: SettledTarget, options: ProfileOptions = {}): PlannedExperiment[] {
  const settings = settleOptions(options);
  const subject = new Subject(target, options);
  const circumstances = { https: target.scheme === "https", addresses: Infinity };
  return selectExperiments(options, circumstances).filter(({ skipped }) => skipped === undefined)
    .map(({ experiment }) => ({
      name: experiment.name,
      question: experiment.question,
      sends: experiment.sends,
      connections: experiment.connections(settings),
      atMost: experiment.atMost(settings),
      requests: experiment.plan(subject, settings),
    }));
}
