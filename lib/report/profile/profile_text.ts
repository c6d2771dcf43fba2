/**
 * Formats a connection profile as text for people.
 *
 * @module
 */

import { checkOptions } from "../../text/check_options.ts";
import type { ConnectionProfile, ExperimentReport, Finding, Severity } from "../../result.ts";
import { columnsOf } from "../../text/columns.ts";
import { escapeText } from "../../text/escape/text.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import { plain, type Style } from "../../text/paint.ts";
import { TEXT_OPTION_NAMES, type TextOptions } from "../text.ts";
import { layOutChecks, layOutError } from "../text/error.ts";

/** The least width: a narrower line could not hold a name, an outcome and a summary. */
const NARROWEST = 40;
/** If the line is narrower than this, the summary stands below the name and the outcome. */
const BESIDE = 76;

const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  problem: "bad",
  warning: "warning",
  info: "notice",
};

function outcomeStyle(name: string, outcome: string, findings: readonly Finding[]): Style {
  if (outcome === "unknown" || outcome === "skipped") return "dim";
  const severities = findings.filter(({ experiment }) => experiment === name).map(({ severity }) => severity);
  if (severities.includes("problem")) return "bad";
  return severities.includes("warning") ? "warning" : "good";
}

function layOutExperiments({ experiments, findings }: ConnectionProfile, view: View): string[] {
  const entries = Object.entries(experiments);
  const names = Math.max(10, ...entries.map(([name]) => columnsOf(name)));
  const outcomes = Math.max(7, ...entries.map(([, { outcome }]) => columnsOf(outcome)));
  const column = view.width < BESIDE ? 2 : names + outcomes + 4;
  const lines = layOut([[
    "dim",
    `${"experiment".padEnd(names)}  ${"outcome".padEnd(outcomes)}  what was measured`,
  ]], view);
  for (const [name, report] of entries) {
    const style = outcomeStyle(name, report.outcome, findings);
    const head: Span[] = [["name", name.padEnd(names)], "  ", [style, report.outcome.padEnd(outcomes)]];
    if (column === 2) {
      lines.push(...layOut(head, view), ...layOut([report.summary], view, { first: 2, rest: 2 }));
    } else lines.push(...layOut([...head, "  ", report.summary], view, { first: 0, rest: column }));
    if (view.verbose) lines.push(...layOutEvidence(report, view));
  }
  return lines;
}

function layOutEvidence({ facts, evidence, ms }: ExperimentReport, view: View): string[] {
  const margins = { first: 4, rest: 6 };
  const shown = Object.entries(facts).map(([name, value]) =>
    `${name} ${escapeText(JSON.stringify(value) ?? "")}`
  );
  return [
    ...layOut([["dim", `took ${formatDuration(ms)}`]], view, margins),
    ...shown.flatMap((fact) => layOut([fact], view, margins)),
    ...evidence.flatMap((line) => layOut([["dim", line]], view, { ...margins, keepBlanks: true })),
    "",
  ];
}

function layOutFindings({ findings }: ConnectionProfile, view: View): string[] {
  return findings.flatMap(({ code, severity, experiment, message, advice }) => [
    ...layOut([[SEVERITY_STYLES[severity], severity], ` ${code} (${experiment})`], view),
    ...layOut([message], view, { first: 2, rest: 2 }),
    ...layOut([["notice", "→ "], advice], view, { first: 2, rest: 4 }),
  ]);
}

/**
 * Formats a profile: a table of the experiments with outcome and figures, the expectations, and the findings
 * with their advice. `verbose` adds every fact and the wire excerpts that an outcome rests on.
 *
 * @returns Lines joined by LF, without one at the end
 *
 * @example Usage
 * ```ts
 * import { type ConnectionProfile, formatProfile } from "https://deno.land/x/sonde/lib/report.ts";
 * import assert from "node:assert/strict";
 *
 * const profile: ConnectionProfile = {
 *   schema: 1,
 *   input: "http://localhost/",
 *   url: "http://localhost/",
 *   startedAt: "2026-03-01T12:00:00.000Z",
 *   ok: true,
 *   experiments: {
 *     close: { outcome: "honoured", summary: "FIN 0.4 ms after the last octet", facts: {}, evidence: [], ms: 3 },
 *   },
 *   findings: [],
 *   checks: [],
 * };
 * assert(formatProfile(profile).includes("honoured"));
 * ```
 */
export function formatProfile(profile: ConnectionProfile, options: TextOptions = {}): string {
  checkOptions(options, TEXT_OPTION_NAMES);
  const { paint = plain, width = 80, verbose = false } = options;
  const view: View = { width: Math.max(NARROWEST, width), paint, verbose };
  const sections = [
    layOut([["heading", escapeText(profile.url)]], view),
    layOutError(profile, view),
    Object.keys(profile.experiments).length === 0 ? [] : layOutExperiments(profile, view),
    layOutChecks(profile, view),
    layOutFindings(profile, view),
  ];
  if (!profile.error && profile.findings.length === 0) sections.push(layOut([["good", "no findings"]], view));
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}
