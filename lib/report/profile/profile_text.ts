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
import { unitOfFact } from "../fact_unit.ts";
import { outlineProfile, type ProfileOutline, type ProvenFinding } from "./profile_outline.ts";
import { shortenSummary } from "./short_summary.ts";

/** The least width: a narrower line could not hold a name, an outcome and a summary. */
const NARROWEST = 40;
/** If the line is narrower than this, the summary stands below the name and the outcome. */
const BESIDE = 76;

/** The advice of a finding that asks for nothing. */
const NOTHING_TO_DO = "nothing to do";

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

function layOutTable({ rows }: ProfileOutline, { findings }: ConnectionProfile, view: View): string[] {
  if (rows.length === 0) return [];
  const names = Math.max(10, ...rows.map(({ name }) => columnsOf(name)));
  const outcomes = Math.max(7, ...rows.map(({ report }) => columnsOf(report.outcome)));
  const beside = view.width >= BESIDE;
  const column = beside ? names + outcomes + 4 : 2;
  const title = `${"experiment".padEnd(names)}  ${"outcome".padEnd(outcomes)}`;
  const lines = layOut([["dim", beside ? `${title}  what was measured` : title]], view);
  let isCut = false;
  for (const { name, report, measured } of rows) {
    const style = outcomeStyle(name, report.outcome, findings);
    const head: Span[] = [["name", name.padEnd(names)], "  ", [style, report.outcome.padEnd(outcomes)]];
    // The reason why something could not be told stays whole.
    const isFine = style === "good" && !view.verbose;
    const text = isFine ? shortenSummary(measured, view.width - column) : measured;
    isCut ||= text !== measured;
    if (beside) lines.push(...layOut([...head, "  ", text], view, { first: 0, rest: column }));
    else lines.push(...layOut(head, view), ...layOut([text], view, { first: 2, rest: 2 }));
    if (view.verbose) lines.push(...layOutEvidence(report, view));
  }
  if (isCut) lines.push(...layOut([["dim", "-v shows each whole, with excerpts of the wire"]], view));
  return lines;
}

function layOutEvidence({ facts, evidence, ms }: ExperimentReport, view: View): string[] {
  const margins = { first: 4, rest: 6 };
  const shown = Object.entries(facts).map(([name, value]) =>
    `${name} ${escapeText(JSON.stringify(value) ?? "")}${typeof value === "number" ? unitAfter(name) : ""}`
  );
  return [
    ...layOut([["dim", `took ${formatDuration(ms)}`]], view, margins),
    ...shown.flatMap((fact) => layOut([fact], view, margins)),
    ...evidence.flatMap((line) =>
      layOut([["dim", line.replace(/^(#\d+ \d+\.\d+) /, "$1 s ")]], view, { ...margins, keepBlanks: true })
    ),
    "",
  ];
}

function unitAfter(fact: string): string {
  const unit = unitOfFact(fact);
  return unit === undefined ? "" : ` ${unit}`;
}

function layOutFindings(findings: readonly ProvenFinding[], view: View): string[][] {
  return findings.map(({ finding, evidence }) => {
    const { code, severity, experiment, message, advice } = finding;
    return [
      ...layOut([[SEVERITY_STYLES[severity], severity], ` ${code} (${experiment})`], view),
      ...layOut([message], view, { first: 2, rest: 2 }),
      ...evidence === undefined ? [] : layOut([["dim", "measured: "], evidence], view, { first: 2, rest: 4 }),
      ...advice === NOTHING_TO_DO ? [] : layOut([["notice", "→ "], advice], view, { first: 2, rest: 4 }),
    ];
  });
}

function layOutTitle(profile: ConnectionProfile, { verdict, worst }: ProfileOutline, view: View): string[] {
  // What was not measured cannot be good.
  const good = profile.error === undefined ? "good" : "dim";
  const style = worst === undefined ? good : SEVERITY_STYLES[worst];
  const isMeasured = Object.keys(profile.experiments).length > 0;
  return [
    ...layOut([["heading", escapeText(profile.url)]], view),
    ...isMeasured ? layOut([[style, verdict]], view) : [],
  ];
}

/**
 * Formats a profile, and what is wrong first: the expectations that do not hold, the findings with evidence and advice, a
 * table of the experiments with outcome and figures, and what is no fault. `verbose` adds every fact and the wire excerpts
 * that an outcome rests on.
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
  const outline = outlineProfile(profile);
  const checks = (ok: boolean): string[] =>
    layOutChecks({ checks: profile.checks.filter((check) => check.ok === ok) }, view);
  const sections = [
    layOutTitle(profile, outline, view),
    layOutError({ ...profile, method: "GET" }, view),
    checks(false),
    ...layOutFindings(outline.wrong, view),
    layOutTable(outline, profile, view),
    checks(true),
    ...layOutFindings(outline.notes, view),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n");
}
