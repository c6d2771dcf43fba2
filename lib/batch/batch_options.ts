/**
 * Options of a batch.
 *
 * @module
 */

import { PROBE_OPTION_NAMES } from "../probe/option_names.ts";
import type { ProbeOptions } from "../probe/options.ts";
import type { ProbeError, ProbeResult } from "../result.ts";
import type { Target } from "../target/target.ts";
import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { BatchTarget, Judge } from "./batch_target.ts";

/** Options for each target of a batch. */
export interface JobOptions extends ProbeOptions {
  /**
   * Probe each address of a name, one row each.
   *
   * @default {false}
   */
  readonly allAddresses?: boolean | undefined;
  /** Judges each result whose target has no judge of its own. */
  readonly judge?: Judge | undefined;
  /** Adds to each result that has no error, before it is judged: experiments on the same target, for instance. */
  readonly enrich?:
    | ((result: ProbeResult, target: Target, options: ProbeOptions) => Promise<ProbeResult>)
    | undefined;
  /** Told how many addresses a name has, before {@linkcode skipAddress} is asked about them. */
  readonly onAddresses?: ((addresses: number) => void) | undefined;
  /** Says of an address of a name that it needs no row. */
  readonly skipAddress?: ((target: BatchTarget) => boolean) | undefined;
}

/** Options for running many jobs at once. */
export interface RunnerOptions {
  /** Jobs under way at once. @default {50} */
  readonly concurrency?: number | undefined;
  /** Jobs under way at once for each host. @default {Infinity} */
  readonly perHost?: number | undefined;
  /** Starts a second, evenly spaced. @default {Infinity} */
  readonly rate?: number | undefined;
  /** Further tries after a failure, with growing waits between them. @default {0} */
  readonly retries?: number | undefined;
  /** Give the rows in the order of the input. @default {false} */
  readonly ordered?: boolean | undefined;
  /**
   * With `ordered`, inputs from the oldest one without a row to the newest one begun: what is finished waits in memory
   * until the oldest one is, so a slow target holds up the start of others once the window is full.
   *
   * @default {10_000}
   */
  readonly window?: number | undefined;
  /**
   * Inputs that wait in memory because their host has as many under way as it may, or for their next try. Beyond them no
   * input is read, so a longer run of lines of one host holds up what stands behind it.
   *
   * @default {10_000}
   */
  readonly lookAhead?: number | undefined;
  /** Ends the run: nothing is started any more, what is under way is dropped without a row. */
  readonly signal?: AbortSignal | undefined;
  /** Told when the run goes on with less because this machine ran out of something. */
  readonly onConcurrencyLowered?: ((limit: number, error: ProbeError) => void) | undefined;
}

/** Options of {@linkcode probeAll}: those of a probe, and those of running many at once. */
export interface BatchOptions extends JobOptions, RunnerOptions {}

/** Names of {@linkcode Judge}. */
export const JUDGE_NAMES = { options: true, prepare: true, check: true } as const satisfies OptionNames<
  Judge
>;

/** Names of {@linkcode BatchOptions}; a judge may be an object of any class, so nobody looks inside. */
export const BATCH_OPTION_NAMES = {
  ...PROBE_OPTION_NAMES,
  allAddresses: true,
  judge: true,
  enrich: true,
  onAddresses: true,
  skipAddress: true,
  concurrency: true,
  perHost: true,
  rate: true,
  retries: true,
  ordered: true,
  window: true,
  lookAhead: true,
  onConcurrencyLowered: true,
} as const satisfies OptionNames<BatchOptions>;

const COUNTS = ["concurrency", "perHost", "rate", "window", "lookAhead"] as const;

/**
 * Refuses options of a batch that do not exist, and limits that are none.
 *
 * @throws {TypeError} If an option does not exist
 * @throws {RangeError} If a limit is not above 0, or `retries` is below
 */
export function checkBatchOptions(options: BatchOptions): void {
  checkOptions(options, BATCH_OPTION_NAMES);
  for (const name of COUNTS) {
    const limit = options[name];
    if (
      limit === undefined || limit > 0 && (name === "rate" || limit === Infinity || Number.isInteger(limit))
    ) {
      continue;
    }
    throw new RangeError(`Cannot run a batch with ${name} ${limit}: it must be a number above 0`);
  }
  const { retries = 0 } = options;
  if (!(retries >= 0)) {
    throw new RangeError(`Cannot run a batch with retries ${retries}: it must not be below 0`);
  }
}
