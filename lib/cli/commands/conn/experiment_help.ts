/**
 * The experiments, for the help of `sonde conn`.
 *
 * @module
 */

import type { Choice } from "../../../conn/experiment.ts";
import { EXPERIMENTS } from "../../../conn/experiments.ts";
import type { HelpRow } from "../../command.ts";

const HEADINGS: Readonly<Record<Choice, string>> = {
  "default": "Run by default",
  "https": "Run by default",
  "addresses": "Run by default",
  "name": "Run only if --only names them",
  "intrusive": "Run only with --intrusive",
  "own-host": "Run only with --intrusive --own-host",
};

/** Lists the names and questions of all experiments, under headings that say when they run. */
export function describeExperiments(): Record<string, HelpRow[]> {
  const sections: Record<string, HelpRow[]> = {};
  for (const { name, question, choice } of EXPERIMENTS) {
    (sections[HEADINGS[choice]] ??= []).push([name, question]);
  }
  return sections;
}
