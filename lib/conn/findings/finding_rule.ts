/**
 * Defines a finding that follows from the facts of one experiment: types only.
 *
 * @module
 */

import type { ExperimentReport, Finding } from "../../result.ts";
import type { Front } from "../front.ts";

/** A finding with one of these codes. */
export type FindingOf<Code extends string> = Finding & { readonly code: Code };

/** Draws one conclusion from the report on an experiment. */
export interface FindingRule<Code extends string = string> {
  /** The codes of its findings, which expectations may name. */
  readonly codes: readonly Code[];
  /** Gives the finding, if there is one. */
  find(report: ExperimentReport, front: Front | undefined): FindingOf<Code> | undefined;
}
