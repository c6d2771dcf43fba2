/**
 * The state of a check, which the next run has to know.
 *
 * @module
 */

import type { KeptProfile } from "../kept_profile.ts";

/** The condition of a check; it changes once enough runs show another one. */
export type Condition = "new" | "up" | "degraded" | "down";

/** A condition of a check that has run. */
export type KnownCondition = Exclude<Condition, "new">;

/** A condition that the last runs showed, but too few runs yet. */
export interface PendingCondition {
  /** The condition that the check gets if further runs confirm it. */
  readonly condition: KnownCondition;
  /** Runs that count for it so far. */
  readonly runs: number;
  /** Runs that confirm it; absent in a state of an older version. */
  readonly needed?: number | undefined;
  /** Start of the first of these runs, ISO 8601. */
  readonly since: string;
}

/** The time since a check was last up, or since it was last measured. */
export interface Trouble {
  /** Start of the first run that was not up, or not measured, ISO 8601. */
  readonly since: string;
  /** Cause of the worst condition since then, in words. */
  readonly cause: string;
  /** True if it was degraded for a part of the time, and down for another. */
  readonly mixed?: true | undefined;
  /** Milliseconds of that time in which nobody looked, as while the watch was stopped. */
  readonly unobserved?: number | undefined;
}

/** The notices that a check is down. */
export interface Reminders {
  /** Time of the first notice, ISO 8601. */
  readonly since: string;
  /** Time of the last one, ISO 8601. */
  readonly last: string;
}

/** Some runs of one kind. */
export interface Streak {
  /** Number of runs. */
  readonly runs: number;
  /** Start of the first of them, ISO 8601. */
  readonly since: string;
}

/** The runs that count towards another condition; a run of verdict `unknown` neither counts nor ends a streak. */
export interface RunTally {
  /** Last runs in a row that were not up. */
  readonly notUp?: Streak | undefined;
  /** Runs among these that were down. */
  readonly down?: Streak | undefined;
  /** Degraded runs in a row since the last of those. */
  readonly calm?: number | undefined;
  /** Last runs in a row that were not down. */
  readonly notDown?: Streak | undefined;
  /** Last runs in a row that were up. */
  readonly up?: Streak | undefined;
}

/** A change of the verdict from one run to the next. */
export interface VerdictFlip {
  /** Start of the run with the new verdict, milliseconds since 1970. */
  readonly at: number;
  /** Runs since then. */
  readonly runs: number;
  /** The new verdict. */
  readonly to: KnownCondition;
}

/** The time in which a check is flapping. */
export interface Flapping {
  /** Start of the first run with another verdict, ISO 8601. */
  readonly since: string;
  /** Why the check was not up in the last run that was not, in words. */
  readonly cause: string;
  /** The most runs in a row with each verdict while the check is flapping. */
  readonly longest: Readonly<Partial<Record<KnownCondition, number>>>;
}

/** A certificate that a run saw. */
export interface SeenCertificate {
  /** Host that sent it or depends on it. */
  readonly host: string;
  /** The lowest number of days in a notice about it. */
  readonly told?: number | undefined;
  /** Runs in a row in which the host had other certificates only. */
  readonly absent?: number | undefined;
  /** Runs in a row that did not need the host. */
  readonly unused?: number | undefined;
  /** True once it returned: several servers take turns. */
  readonly returned?: true | undefined;
  /** True once other certificates replaced it. */
  readonly replaced?: true | undefined;
}

/** Facts by name that stay the same until somebody changes the server. */
export type Behaviour = Readonly<Record<string, string>>;

/** Another value of a fact of the behaviour. */
export interface OtherValue {
  /** The value that runs saw last instead of the known one. */
  readonly value: string;
  /** Runs in a row that saw it; 0 once the known value returned. */
  readonly runs: number;
  /** Runs in a row that saw the known value again, after which both count as taking turns. */
  readonly returned?: number | undefined;
}

/** Everything that the next run of a check has to know; plain data. A state of an older version lacks some fields. */
export interface CheckState {
  /** Condition of the check. */
  readonly condition: Condition;
  /** Start of the first run with this condition, ISO 8601. */
  readonly since: string;
  /** The condition that the last runs showed, if it differs. */
  readonly pending?: PendingCondition | undefined;
  /** The runs that count towards another condition. */
  readonly tally?: RunTally | undefined;
  /** The time since the check was last up. */
  readonly trouble?: Trouble | undefined;
  /** The condition that receivers know from the last notice, if it is another one. */
  readonly told?: KnownCondition | undefined;
  /** Start of the last run that had a verdict, ISO 8601, and the usual milliseconds between runs. */
  readonly seen?: { readonly at: string; readonly distance?: number | undefined } | undefined;
  /** The verdict of that run. */
  readonly last?: KnownCondition | undefined;
  /** Digest of the definition that the last run was judged by. */
  readonly definition?: string | undefined;
  /** The definition before, and the runs since it was last used. */
  readonly formerDefinition?: { readonly digest: string; readonly runs: number } | undefined;
  /** Runs in a row that each had a definition of its own, as when a script computes a URL with the time of day. */
  readonly newDefinitions?: number | undefined;
  /** True from a change of the definition until the condition is known anew. */
  readonly redefined?: true | undefined;
  /** The last changes of the verdict. */
  readonly flips?: readonly VerdictFlip[] | undefined;
  /** Times of the last changes of the condition, milliseconds since 1970. */
  readonly turns?: readonly number[] | undefined;
  /** Present while the check is flapping. */
  readonly flapping?: Flapping | undefined;
  /** The notices that the check is down; present while it is. */
  readonly reminders?: Reminders | undefined;
  /** The local fault that prevents measurements, and its start; absent if there is none. */
  readonly unmeasured?: Trouble | undefined;
  /** True if a certificate expires soon. */
  readonly certificateSoon: boolean;
  /** The certificates that runs saw, by their SHA-256 digest. */
  readonly certificates?: Readonly<Record<string, SeenCertificate>> | undefined;
  /** The experiments that the next runs are judged by. */
  readonly profile?: KeptProfile | undefined;
  /** Behaviour of the server, so that a change is noticed. */
  readonly behaviour?: Behaviour | undefined;
  /** Facts that the last runs saw otherwise, but too few runs yet; older versions have a text for each. */
  readonly otherBehaviour?: Readonly<Record<string, OtherValue | string>> | undefined;
}

const CONDITIONS: readonly unknown[] = ["new", "up", "degraded", "down"] satisfies Condition[];

/** Tells if plain data is a state of this version or of an older one. */
export function isCheckState(data: unknown): data is CheckState {
  if (typeof data !== "object" || data === null) return false;
  const { condition, since } = data as Partial<CheckState>;
  return CONDITIONS.includes(condition) && typeof since === "string" && !Number.isNaN(Date.parse(since));
}

/** Makes the state of a check that never ran. */
export function newState(at: string): CheckState {
  return { condition: "new", since: at, certificateSoon: false };
}
