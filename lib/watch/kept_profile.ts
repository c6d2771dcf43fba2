/**
 * The experiments of a check: what the last profile measured, and when the next one is due.
 *
 * @module
 */

import type { ExperimentReport } from "../result.ts";

/** The experiments of a check, which the next runs are judged by; plain data. */
export interface KeptProfile {
  /** Start of the measurement, ISO 8601. */
  readonly at: string;
  /** Digest of the definition of the check that measured. */
  readonly definition: string;
  /** True if an expectation about the experiments did not hold, or an outcome is unknown: the next run measures again. */
  readonly doubtful?: true | undefined;
  /** Reports of the experiments by name, without evidence. */
  readonly experiments: Readonly<Record<string, ExperimentReport>>;
}

/** The parts of a check that the due time depends on. */
export interface ProfiledTask {
  readonly definition: string;
  readonly conn?: { readonly every: number } | undefined;
}

/** Milliseconds between two measurements at least, even if the last one is doubtful. */
const SHORTEST_REST = 60_000;

/** Gives the profile if the check still has the definition that measured it. */
export function usableProfile(
  profile: KeptProfile | undefined,
  task: ProfiledTask,
): KeptProfile | undefined {
  return task.conn !== undefined && profile?.definition === task.definition ? profile : undefined;
}

/** Tells if the experiments of a check have to run. */
export function isProfileDue(
  profile: KeptProfile | undefined,
  { conn }: ProfiledTask,
  now: number,
): boolean {
  if (conn === undefined) return false;
  if (profile === undefined) return true;
  const { every } = conn;
  const age = now - Date.parse(profile.at);
  // A clock that was set back must not keep a profile for ever.
  return age < 0 || age >= (profile.doubtful ? Math.min(every, SHORTEST_REST) : every);
}

/** Adds the profile of a run to the state of its check. */
export function withProfile<State extends { readonly profile?: KeptProfile | undefined }>(
  state: State,
  { profile }: { readonly profile?: KeptProfile | undefined },
): State {
  return profile === undefined ? state : { ...state, profile };
}
