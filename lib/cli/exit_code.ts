/**
 * Exit codes, decided in one place.
 *
 * @module
 */

import type { ProbeError } from "../result.ts";
import type { MissingPermissions } from "./start/missing_permissions.ts";

/** The exit codes of the process. */
export const ExitCode = {
  /** Every target is ok. */
  ok: 0,
  /** At least one target failed, or an expectation was false. */
  failed: 1,
  /** The command line is wrong; nothing was probed. */
  usage: 2,
  /** A local fault or a missing permission left at least one target without a verdict. */
  unmeasured: 3,
  /** Ended by SIGINT or SIGTERM; everything printed before is complete. */
  interrupted: 130,
} as const;

/** One of the values of {@linkcode ExitCode}. */
export type ExitCode = typeof ExitCode[keyof typeof ExitCode];

/** The part of a result or profile that the exit code depends on. */
export interface Verdict {
  readonly ok: boolean;
  readonly error?: Pick<ProbeError, "by"> & { readonly grant?: readonly string[] | undefined };
}

/**
 * Counts verdicts in constant memory, and gives the exit code of the run.
 *
 * Precedence: 130, then 1, then 3, then 0. An unmeasured target must not hide one that is known to have failed, so 1 wins
 * over 3. Wrong usage (2) ends a run before there is any verdict.
 *
 * When stdout is closed early (`sonde … | head -1`), the run stops, and the code follows from the verdicts so far.
 */
export class ExitTally {
  readonly #missing: Pick<MissingPermissions, "add"> | undefined;
  #failed = 0;
  #unmeasured = 0;

  /** @param missing Takes the permissions that verdicts lacked. */
  constructor(missing?: Pick<MissingPermissions, "add">) {
    this.#missing = missing;
  }

  /** Counts the verdict on one target. */
  add(verdict: Verdict): void {
    if (verdict.ok) return;
    if (verdict.error?.grant !== undefined) this.#missing?.add(verdict.error.grant);
    if (verdict.error?.by === "local") this.#unmeasured++;
    else this.#failed++;
  }

  /** Adds verdicts that were counted elsewhere. */
  addCounts({ failed, unmeasured }: { readonly failed: number; readonly unmeasured: number }): void {
    this.#failed += failed;
    this.#unmeasured += unmeasured;
  }

  /**
   * Gives the exit code for all verdicts so far.
   *
   * @param interrupted True if the user ended the run before it was complete.
   */
  code(interrupted = false): ExitCode {
    if (interrupted) return ExitCode.interrupted;
    if (this.#failed > 0) return ExitCode.failed;
    return this.#unmeasured > 0 ? ExitCode.unmeasured : ExitCode.ok;
  }
}
