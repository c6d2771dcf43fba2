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
   * Probes each address of a name and gives one row for each.
   *
   * @default {false}
   */
  readonly allAddresses?: boolean | undefined;
  /** Checks each result whose target has no judge of its own. */
  readonly judge?: Judge | undefined;
  /** Adds data to each result without an error before its checks, for instance experiments on the same target. */
  readonly enrich?:
    | ((result: ProbeResult, target: Target, options: ProbeOptions) => Promise<ProbeResult>)
    | undefined;
  /** Called with the number of addresses of a name, before `skipAddress` decides about them. */
  readonly onAddresses?: ((addresses: number) => void) | undefined;
  /** Decides which addresses of a name get no row. */
  readonly skipAddress?: ((target: BatchTarget) => boolean) | undefined;
}

/** Options for running many jobs at once. */
export interface RunnerOptions {
  /** Targets probed at the same time. @default {50} */
  readonly concurrency?: number | undefined;
  /** Targets of one host probed at the same time. @default {Infinity} */
  readonly perHost?: number | undefined;
  /** Probes started a second, evenly spaced. @default {Infinity} */
  readonly rate?: number | undefined;
  /** Further tries after a failure, with a longer wait before each. @default {0} */
  readonly retries?: number | undefined;
  /** Gives the rows in the order of the input. @default {false} */
  readonly ordered?: boolean | undefined;
  /**
   * With `ordered`, a finished row waits in memory for the rows before it. At most this many inputs may lie between the
   * oldest unfinished one and the newest started one, so a slow target delays the start of others once the window is
   * full.
   *
   * @default {10_000}
   */
  readonly window?: number | undefined;
  /**
   * Inputs that may wait in memory for their host or for their next try. Once this many wait, the batch reads no further
   * input, so a long run of lines for one host delays the lines behind it.
   *
   * @default {10_000}
   */
  readonly lookAhead?: number | undefined;
  /** Ends the run: the batch starts nothing more and drops running probes without a row. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the batch lowers its concurrency because this machine ran out of a resource. */
  readonly onConcurrencyLowered?: ((limit: number, error: ProbeError) => void) | undefined;
}

/** Options of {@linkcode probeAll}: those of a probe and those of running many at once. */
export interface BatchOptions extends JobOptions, RunnerOptions {}

/** Names of {@linkcode Judge}. */
export const JUDGE_NAMES = { options: true, prepare: true, check: true } as const satisfies OptionNames<
  Judge
>;

/** Names of {@linkcode BatchOptions}. A judge may be an object of any class, so its own names are not checked. */
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
 * Refuses unknown batch options and limits that cannot be used.
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
