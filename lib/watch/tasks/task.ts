/**
 * A check and what belongs to it, ready to run: types only.
 *
 * @module
 */

import type { Expectation } from "../../expect/parse_expectation.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import type { CheckPredicate } from "./check_definition.ts";

/** A check that is ready to run. */
export interface Task {
  readonly name: string;
  readonly url: string;
  readonly options: ProbeOptions;
  readonly expectations: readonly Expectation[];
  readonly degraded: readonly Expectation[];
  readonly predicates: readonly (readonly [name: string, predicate: CheckPredicate])[];
  /** Milliseconds from one start to the next. */
  readonly interval: number;
  readonly retries: number;
  readonly thresholds: Thresholds;
  readonly tags: readonly string[];
  /** Equal for definitions that mean the same. */
  readonly identity: string;
  /** The text with `***` in place of every secret of the file. */
  redact(text: string): string;
}

/** When a state changes. */
export interface Thresholds {
  /** Failed runs in a row before a check is down. */
  readonly failures: number;
  /** Good runs in a row before it is up again. */
  readonly successes: number;
  /** Days before the end of a certificate. */
  readonly certificateDays: number;
}

/** Who is told of state changes; `place` is the entry of the task file, as in `webhooks[0]`. */
export type Receiver =
  & { readonly place: string }
  & (
    | { readonly type: "webhook"; readonly url: string; readonly headers: Readonly<Record<string, string>> }
    | { readonly type: "command"; readonly command: readonly [program: string, ...args: string[]] }
  );

/** A task file that was read. */
export interface TaskPlan {
  readonly tasks: readonly Task[];
  readonly receivers: readonly Receiver[];
  /** The text with `***` in place of every secret of the file. */
  redact(text: string): string;
}
