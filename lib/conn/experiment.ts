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
 * - `default`: always, unless you exclude it
 * - `https`, `addresses`: by default, but only for https, or if the name has several addresses
 * - `name`: only if you name it
 * - `intrusive`: only if you name it or select all, and permit intrusive experiments
 * - `own-host`: like `intrusive`, and only on a host that you own
 */
export type Choice = "default" | "https" | "addresses" | "name" | "intrusive" | "own-host";

/** Octets that an experiment sends, for the plan. */
export interface PlannedSend {
  /** The connection, the number of repetitions, and the moment. */
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
  /** The figures for programs: any JSON values. */
  readonly facts: Record<string, unknown>;
}

/** Advice for an outcome; the experiment's summary becomes the message of the finding. */
export interface OutcomeFinding {
  /** Lower case, words joined with `-`. */
  readonly code: string;
  /** How much it matters. */
  readonly severity: Severity;
  /** What to do about it. */
  readonly advice: string;
  /** Facts under which the outcome is harmless. */
  readonly unless?: (facts: Readonly<Record<string, unknown>>) => boolean;
}

/** An outcome with consequences. */
export interface OutcomeMeaning {
  /** The practical meaning. */
  readonly means: string;
  /**
   * Counts the outcome against the server even without a finding. Before the run reports such an outcome, or a finding
   * above `info`, it repeats the experiment alone if other experiments ran at the same time.
   */
  readonly adverse?: true;
  /** The finding that the outcome causes. */
  readonly finding?: OutcomeFinding;
}

/** One experiment. This object holds everything that the program knows about it. */
export interface Experiment<Outcome extends string = string> {
  /** Part of the public interface: lower case, words joined with `-`. */
  readonly name: string;
  /** A question about the server, for help and plan. */
  readonly question: string;
  /** A description of the octets that it sends. */
  readonly sends: string;
  /** The condition under which it runs. */
  readonly choice: Choice;
  /** Another experiment whose facts it uses, if both run. */
  readonly after?: string;
  /** It is harmless and takes only seconds, so a batch can add it to each row. */
  readonly quick?: true;
  /** It sends requests as every client does, so odd framing of their answers is a finding. */
  readonly ordinary?: true;
  /** Short names for expectations: each stands for the `outcome`, or for one of the facts. */
  readonly shortNames?: Readonly<Record<string, string>>;
  /** Every outcome and its practical meaning; all experiments also have `unknown` and `skipped`. */
  readonly outcomes: Readonly<Record<Outcome, string | OutcomeMeaning>>;
  /** Findings that follow from its facts, in addition to those of its outcomes. */
  readonly findings?: readonly FindingRule[];
  /** Number of simultaneous connections, 1 to 4. */
  connections(settings: Settings): number;
  /** Maximum answers that it waits for, including repetitions, on all of its connections together. */
  answers(settings: Settings): number;
  /** Maximum milliseconds that it takes in addition to the server's time for its answers. */
  atMost(settings: Settings): number;
  /** The exact octets. */
  plan(subject: Subject, settings: Settings): PlannedSend[];
  /** Runs the experiment. */
  run(lab: ExperimentLab): Promise<ExperimentVerdict<Outcome>>;
}

/** Gives the meaning of an outcome, also if the table has only the text. */
export function meaningOf(
  { outcomes }: Pick<Experiment, "outcomes">,
  outcome: string,
): OutcomeMeaning | undefined {
  const meaning = Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
  return typeof meaning === "string" ? { means: meaning } : meaning;
}
