/**
 * The parts of an experiment. Runner, help, plan, expectations and documentation all use this one object.
 *
 * @module
 */

import type { Severity } from "../result.ts";
import type { FindingRule } from "./findings/finding_rule.ts";
import type { ExperimentLab } from "./experiment_lab.ts";
import type { Settings } from "./settings.ts";
import type { Subject } from "./subject.ts";

/**
 * The condition under which an experiment runs.
 *
 * - `default`: unless it is left out
 * - `https`, `addresses`: by default for https, or where the name has several addresses
 * - `name`: only where it is named
 * - `intrusive`: only where it is named or everything is asked for, and intrusive ones are permitted
 * - `own-host`: as `intrusive`, and only on a host that the user owns
 */
export type Choice = "default" | "https" | "addresses" | "name" | "intrusive" | "own-host";

/** Octets that an experiment sends, for the plan. */
export interface PlannedSend {
  /** The number of times, the connection, and the moment. */
  readonly note: string;
  /** The octets of one write. */
  readonly bytes: Uint8Array;
}

/** The result of an experiment. */
export interface ExperimentVerdict<Outcome extends string = string> {
  /** One of the outcomes that the experiment lists, or `unknown`. */
  readonly outcome: Outcome | "unknown";
  /** One line with the figures. */
  readonly summary: string;
  /** The figures, for programs: whatever JSON can hold. */
  readonly facts: Record<string, unknown>;
}

/** Advice that follows from an outcome; the summary of the experiment is the message of the finding. */
export interface OutcomeFinding {
  /** Lower case, words joined with `-`. */
  readonly code: string;
  /** How much it matters. */
  readonly severity: Severity;
  /** What to do about it. */
  readonly advice: string;
  /** Facts under which nothing is wrong with the outcome. */
  readonly unless?: (facts: Readonly<Record<string, unknown>>) => boolean;
}

/** An outcome from which something follows. */
export interface OutcomeMeaning {
  /** The practical meaning. */
  readonly means: string;
  /**
   * It speaks against the server although no finding follows: where other experiments ran at the same time, the run
   * repeats the experiment alone before it reports this outcome, as it does for findings that are not just `info`.
   */
  readonly adverse?: true;
  /** The finding that follows from it. */
  readonly finding?: OutcomeFinding;
}

/** One experiment: all that the program knows of it stands in this object. */
export interface Experiment<Outcome extends string = string> {
  /** Part of the public interface: lower case, words joined with `-`. */
  readonly name: string;
  /** A question about the server, for help and plan. */
  readonly question: string;
  /** The octets that it sends, in words. */
  readonly sends: string;
  /** The condition under which it runs. */
  readonly choice: Choice;
  /** An experiment whose facts this one uses, if both run. */
  readonly after?: string;
  /** It is harmless and takes seconds at most, so a batch can add it to each row. */
  readonly quick?: true;
  /** It sends requests as every client does, so odd framing of their answers is a finding. */
  readonly ordinary?: true;
  /** Short names for expectations: each stands for the `outcome`, or for one of the facts. */
  readonly shortNames?: Readonly<Record<string, string>>;
  /** Every outcome and what it means in practice; `unknown` and `skipped` come to all of them. */
  readonly outcomes: Readonly<Record<Outcome, string | OutcomeMeaning>>;
  /** Findings that follow from its facts, besides those of its outcomes. */
  readonly findings?: readonly FindingRule[];
  /** Connections at the same time, 1 to 4. */
  connections(settings: Settings): number;
  /** Answers that it waits for at most, repetitions included, on all of its connections together. */
  answers(settings: Settings): number;
  /** The longest that it takes beside the server's time for its answers, in milliseconds. */
  atMost(settings: Settings): number;
  /** The exact octets. */
  plan(subject: Subject, settings: Settings): PlannedSend[];
  /** Runs it. */
  run(lab: ExperimentLab): Promise<ExperimentVerdict<Outcome>>;
}

/** Gives what an outcome means, also where it is given as text alone. */
export function meaningOf(
  { outcomes }: Pick<Experiment, "outcomes">,
  outcome: string,
): OutcomeMeaning | undefined {
  const meaning = Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
  return typeof meaning === "string" ? { means: meaning } : meaning;
}
