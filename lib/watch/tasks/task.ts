/**
 * A parsed check and its receivers, ready to run: types only.
 *
 * @module
 */

import type { Expectation } from "../../expect/parse_expectation.ts";
import type { ProbeOptions } from "../../probe/options.ts";
import type { MaintenanceWindow } from "../maintenance/maintenance_window.ts";
import type { CheckPredicate } from "./check_definition.ts";
import type { ConnPlan } from "./parse_conn.ts";
import type { NoticeKind } from "./notice_kinds.ts";
import type { Receiver } from "./receiver.ts";

export type { Receiver };

/** A check that is ready to run. */
export interface Task {
  readonly name: string;
  readonly url: string;
  readonly options: ProbeOptions;
  /** `head` ends a run with the head of the answer; `whole` reads the content too. */
  readonly judge: "whole" | "head";
  /** The experiments that the check runs from time to time. */
  readonly conn?: ConnPlan | undefined;
  readonly expectations: readonly Expectation[];
  readonly degraded: readonly Expectation[];
  readonly predicates: readonly (readonly [name: string, predicate: CheckPredicate])[];
  /** Milliseconds from one start to the next. */
  readonly interval: number;
  readonly retries: number;
  readonly thresholds: Thresholds;
  readonly tags: readonly string[];
  /** Windows in which the runs do not count, those of the file included. */
  readonly maintenance: readonly MaintenanceWindow[];
  /** Names of the checks that it needs. */
  readonly dependsOn: readonly string[];
  /** Milliseconds from one reminder to the next while the check is down. */
  readonly remind?: number | undefined;
  /** Kinds of notices that receivers get of this check; all if undefined. */
  readonly on?: readonly NoticeKind[] | undefined;
  /** Text that is equal for equal definitions. */
  readonly identity: string;
  /** Digest of the keys that decide about verdict and state. */
  readonly definition: string;
  /** Replaces every secret of the file in a text by `***`. */
  redact(text: string): string;
}

/** The thresholds of state changes. */
export interface Thresholds {
  /** Failed runs in a row before a check is down. */
  readonly failures: number;
  /** Good runs in a row before it is up again. */
  readonly successes: number;
  /** Days before a certificate expires at which the check warns, the most first. */
  readonly certificateDays: readonly number[];
  /** Changes of the verdict within an hour from which on the check is flapping; 0 for never. */
  readonly flapping: number;
}

/** The checks of one task file. */
export interface CheckSource {
  /** Absolute path or URL of the task file. */
  readonly file: string;
  /** The names of all its checks, also of those that this watch does not run. */
  readonly names: readonly string[];
}

/** The parsed content of a task file. */
export interface TaskPlan {
  readonly tasks: readonly Task[];
  /** Checks that the user did not choose; they run only to judge failures of those that depend on them. */
  readonly leftOut?: readonly Task[] | undefined;
  readonly receivers: readonly Receiver[];
  /** The task file, and the names of all its checks; `undefined` for checks that a script defines. */
  readonly source?: CheckSource | undefined;
  /** Paths of the files that the task file names and that were read. */
  readonly files: readonly string[];
  /** Replaces every secret of the file in a text by `***`. */
  redact(text: string): string;
}
