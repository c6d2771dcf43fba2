/**
 * Writes the generated parts of docs/connection-behaviour.md.
 *
 * @module
 */

import { type Choice, meaningOf } from "../lib/conn/experiment.ts";
import { EXPERIMENTS } from "../lib/conn/experiments.ts";
import type { ConnectionProfile, ExperimentReport } from "../lib/result.ts";

/** A server and how it behaved. */
export interface Measured {
  /** Name and version. */
  readonly server: string;
  readonly profile: ConnectionProfile;
}

const CHOICES: Readonly<Record<Choice, string>> = {
  "default": "by default",
  "https": "by default for https",
  "addresses": "by default if the name has several addresses",
  "name": "only if `--only` names it",
  "intrusive": "only with `--intrusive`",
  "own-host": "only with `--intrusive --own-host`",
};

/**
 * Describes every experiment: its question, its octets and the meaning of its outcomes, from the table that
 * the program uses.
 */
export function describeExperiments(): string {
  return EXPERIMENTS.map((experiment) => {
    const { name, question, sends, choice, outcomes } = experiment;
    return [
      `### \`${name}\``,
      "",
      `${question} This experiment runs ${CHOICES[choice]}. It sends ${sends}.`,
      "",
      ...Object.keys(outcomes).map((outcome) => `- \`${outcome}\`: ${meaningOf(experiment, outcome)?.means}`),
    ].join("\n");
  }).join("\n\n");
}

/**
 * Formats a table with the outcome and figure of every experiment on every server, and the summaries below
 * it.
 */
export function describeMeasured(measured: readonly Measured[]): string {
  const names = EXPERIMENTS.map(({ name }) => name).filter((name) =>
    measured.some(({ profile }) => profile.experiments[name])
  );
  const table = [
    ["experiment", ...measured.map(({ server }) => server)],
    ["---", ...measured.map(() => "---")],
    ...names.map((
      name,
    ) => [`\`${name}\``, ...measured.map(({ profile }) => cellOf(profile.experiments[name]))]),
  ].map((cells) => `| ${cells.join(" | ")} |`);
  const details = measured.flatMap(({ server, profile }) => [
    `### ${server}`,
    "",
    ...Object.entries(profile.experiments).map(([name, { outcome, summary }]) =>
      `- \`${name}\`: ${outcome}. ${escapeSentence(summary)}`
    ),
    ...profile.findings.map(({ code, severity, message }) =>
      `- finding \`${code}\` (${severity}): ${escapeSentence(message)}`
    ),
    "",
  ]);
  return [...table, "", ...details].join("\n").trimEnd();
}

function cellOf(report: ExperimentReport | undefined): string {
  if (!report) return "–";
  const { seconds, atLeast, requests, status } = report.facts;
  const figure = typeof seconds === "number"
    ? ` ${seconds} s`
    : typeof requests === "number"
    ? ` ${requests}`
    : typeof atLeast === "number"
    ? ` ${atLeast} s`
    : typeof status === "number"
    ? ` ${status}`
    : "";
  return `${report.outcome}${figure}`;
}

/** Our own sentences need few escapes, so that the source of the page stays readable: no character references. */
function escapeSentence(text: string): string {
  return text.replace(/[\\`*_<>|[\]]/g, "\\$&");
}

/** Puts text between `<!-- begin NAME -->` and `<!-- end NAME -->`. */
export function replacePart(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- begin ${name} -->\n`, `\n<!-- end ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`The page has no part ${name}`);
  return `${page.slice(0, from + begin.length)}${text}${page.slice(to)}`;
}
