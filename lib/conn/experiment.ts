/**
 * What an experiment is, as data: the runner, the help, the plan and the documentation are made from it.
 *
 * @module
 */

import type { Lab } from "./lab/lab.ts";
import type { Settings } from "./settings.ts";
import type { Subject } from "./subject.ts";

/**
 * When an experiment is made.
 *
 * - `default`: unless it is left out
 * - `https`, `addresses`: by default for https, or where the name has several addresses
 * - `name`: only where it is named
 * - `intrusive`: only where it is named or everything is asked for, and intrusive ones are permitted
 * - `own-host`: as `intrusive`, and only on a host of one's own
 */
export type Choice = "default" | "https" | "addresses" | "name" | "intrusive" | "own-host";

/** Octets that an experiment sends, for the plan. */
export interface PlannedSend {
  /** How often, on what connection, and after what. */
  readonly note: string;
  /** The octets of one write. */
  readonly bytes: Uint8Array;
}

/** What an experiment found. */
export interface Verdict<Outcome extends string = string> {
  readonly outcome: Outcome | "unknown";
  /** One line with the figures. */
  readonly summary: string;
  readonly facts: Record<string, unknown>;
}

/** One experiment. */
export interface Experiment<Outcome extends string = string> {
  readonly name: string;
  readonly question: string;
  /** What goes over the wire, in words. */
  readonly sends: string;
  readonly choice: Choice;
  /** An experiment whose facts are of use to this one, if it is made too. */
  readonly after?: string;
  /** Every outcome and what it means in practice; `unknown` and `skipped` come to all of them. */
  readonly outcomes: Readonly<Record<Outcome, string>>;
  /** Connections at the same time, 1 to 4. */
  connections(settings: Settings): number;
  /** Answers that it waits for at most, repetitions included, on all of its connections together. */
  answers(settings: Settings): number;
  /** The longest that it takes beside the server's time for its answers, in milliseconds. */
  atMost(settings: Settings): number;
  /** The very octets. */
  plan(subject: Subject, settings: Settings): PlannedSend[];
  /** Makes it. */
  run(lab: Lab): Promise<Verdict<Outcome>>;
}
