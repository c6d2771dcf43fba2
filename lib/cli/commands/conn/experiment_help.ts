/**
 * The experiments, for the help of `sonde conn`.
 *
 * @module
 */

import type { Choice } from "../../../conn/experiment.ts";
import { EXPERIMENTS } from "../../../conn/experiments.ts";
import type { HelpRow } from "../../command.ts";

const HEADINGS: Readonly<Record<Choice, string>> = {
  "default": "Made by default",
  "https": "Made by default",
  "addresses": "Made by default",
  "name": "Made when --only names them",
  "intrusive": "Made with --intrusive",
  "own-host": "Made with --intrusive --own-host",
};

/** Lists names and questions of all experiments under headings that say when they run. */
export function describeExperiments(): Record<string, HelpRow[]> {
  const sections: Record<string, HelpRow[]> = {};
  for (const { name, question, choice } of EXPERIMENTS) {
    (sections[HEADINGS[choice]] ??= []).push([name, question]);
  }
  return sections;
}
