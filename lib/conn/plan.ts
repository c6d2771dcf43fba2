/**
 * Plans a profile without sending anything.
 *
 * @module
 */

import type { SettledTarget } from "../target/target.ts";
import type { PlannedSend } from "./experiment.ts";
import { phasesOf } from "./phases.ts";
import { PROFILE_OPTION_NAMES } from "./option_names.ts";
import type { ProfileOptions } from "./options.ts";
import { estimateSideBySide } from "./schedule.ts";
import { selectExperiments } from "./select.ts";
import { settleOptions } from "./settle_options.ts";
import { checkOptions } from "../text/check_options.ts";
import { Subject } from "./subject.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** The plan of one experiment. */
export interface PlannedExperiment {
  /** Summary of the condition, as in the profile. */
  readonly name: string;
  /** The question about the server. */
  readonly question: string;
  /** A description of the octets that it sends. */
  readonly sends: string;
  /** Number of simultaneous connections. */
  readonly connections: number;
  /** Maximum milliseconds in addition to the server's time for its answers. */
  readonly atMost: number;
  /** Maximum answers that it waits for, including repetitions. */
  readonly answers: number;
  /** The exact octets. */
  readonly requests: readonly PlannedSend[];
}

/** The estimated time of a whole profile. */
export interface PlannedDuration {
  /** Maximum milliseconds of the experiments, in addition to the server's time for its answers. */
  readonly atMost: number;
  /** Milliseconds after which everything ends; absent without a limit. */
  readonly totalTime?: number;
}

/**
 * Estimates the time of a profile, without repetitions of inconclusive experiments.
 *
 * @throws {TypeError} If an option or an experiment does not exist, or an experiment is not permitted
 * @throws {RangeError} If a number among the options cannot be used
 *
 * @example Usage
 * ```ts
 * import { planDuration } from "https://deno.land/x/sonde/lib/conn.ts";
 * import { parseTarget, settleTarget } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * const target = settleTarget(parseTarget("http://example.org/"), "http");
 * assert.deepEqual(planDuration(target, { only: ["head"], totalTime: 30_000 }), { atMost: 500, totalTime: 30_000 });
 * ```
 */
export function planDuration(target: SettledTarget, options: ProfileOptions = {}): PlannedDuration {
  checkOptions(options, PROFILE_OPTION_NAMES);
  const settings = settleOptions(options);
  const { totalTime } = options;
  const experiments = selectExperiments(options, { https: target.scheme === "https", addresses: Infinity })
    .filter(({ skipped }) => skipped === undefined).map(({ experiment }) => experiment);
  const atMost = phasesOf(experiments).reduce((sum, { phase, limit }) =>
    sum + estimateSideBySide(
      phase.map((experiment) => ({
        connections: experiment.connections(settings),
        atMost: experiment.atMost(settings),
      })),
      limit,
    ), 0);
  return withoutUndefined({ atMost, totalTime });
}

/**
 * Plans a profile. It looks up nothing and sends nothing; experiments that need several addresses are listed as well.
 *
 * @throws {TypeError} If an option or an experiment does not exist, or an experiment is not permitted
 * @throws {RangeError} If a number among the options cannot be used
 *
 * @example Usage
 * ```ts
 * import { planProfile } from "https://deno.land/x/sonde/lib/conn.ts";
 * import { parseTarget, settleTarget } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * const target = settleTarget(parseTarget("http://example.org/"), "http");
 * assert.deepEqual(planProfile(target, { only: ["head"] }).map(({ name }) => name), ["head"]);
 * ```
 */
export function planProfile(target: SettledTarget, options: ProfileOptions = {}): PlannedExperiment[] {
  checkOptions(options, PROFILE_OPTION_NAMES);
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
      answers: experiment.answers(settings),
      requests: experiment.plan(subject, settings),
    }));
}
