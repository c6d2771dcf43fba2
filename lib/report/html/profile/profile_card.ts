/**
 * Renders the connection profile of one server.
 *
 * @module
 */

import type { ConnectionProfile, ExperimentReport, Finding, Severity } from "../../../result.ts";
import { formatDuration } from "../../../text/duration.ts";
import { escapeMessage, escapeText } from "../../../text/escape/text.ts";
import { describeActual } from "../../describe_check.ts";
import { renderBoth } from "../times.ts";
import { renderMessage, renderText } from "../run/safe_text.ts";

/** Most lines of the wire that the page has of one experiment. */
const MOST_LINES = 40;

/** Matches a line of evidence with octets of the server: `#1 0.002 < HTTP/1.1 200 OK`. */
const RECEIVED = /^(?:#\d+ [\d.]+ )?< /;

/** The severities, the worst first, each with its look. */
const LOOKS: Readonly<Record<Severity, string>> = { problem: "down", warning: "degraded", info: "soft" };
const SEVERITIES = Object.keys(LOOKS);

/** Renders a profile: what is wrong, with advice and evidence, the expectations, and then every experiment. */
export function renderProfile(profile: ConnectionProfile, number: number): string {
  const { url, input, startedAt, error } = profile;
  const begun = Date.parse(startedAt);
  const facts = [
    ...(Number.isNaN(begun) ? [] : [`Measured ${renderBoth(new Date(begun).toISOString())}`]),
    ...(url === input ? [] : [`asked for as ${renderText(input)}`]),
  ];
  return [
    `<section class="card" id="p${number}"><h2>${renderText(url)}</h2>`,
    `<p class="soft">${facts.join(" · ")}</p>`,
    error === undefined
      ? ""
      : `<p class="down"><b>${renderMessage(error.kind)}</b> ${renderMessage(error.message)}</p>`,
    renderFindings(profile),
    renderExpectations(profile),
    renderExperiments(profile),
    "</section>",
  ].join("");
}

function renderFindings({ findings, experiments, error }: ConnectionProfile): string {
  if (findings.length === 0) return error === undefined ? '<p class="up">No findings.</p>' : "";
  const items = findings.toSorted((one, other) => rankOf(one) - rankOf(other)).map((finding) => {
    const { severity, code, experiment, message, advice } = finding;
    // The last octets that the server sent say most about it.
    const own = Object.hasOwn(experiments, experiment) ? experiments[experiment] : undefined;
    const evidence = own?.evidence.findLast((line) => RECEIVED.test(line));
    return `<li><h3><span class="${LOOKS[severity]}">${renderMessage(severity)}</span> ${
      renderMessage(code)
    }</h3><p>${renderMessage(message)}</p><p class="soft">→ ${renderMessage(advice)}</p>${
      evidence === undefined ? "" : `<p><code>${renderMessage(evidence)}</code></p>`
    }</li>`;
  });
  return `<ul class="parts">${items.join("")}</ul>`;
}

function rankOf({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

function renderExpectations({ checks }: ConnectionProfile): string {
  if (checks.length === 0) return "";
  const items = checks.map((check) => {
    const expect = `<code>${renderText(check.expect)}</code>`;
    if (check.ok) return `<li><b class="up">✓ holds</b> ${expect}</li>`;
    const verdict = check.advice === undefined
      ? '<b class="down">✕ does not hold</b>'
      : '<b class="unknown">? unknown</b>';
    return `<li>${verdict} ${expect} <span class="soft">${
      renderMessage(escapeMessage(describeActual(check)))
    }</span></li>`;
  });
  return `<h3>Expectations</h3><ul>${items.join("")}</ul>`;
}

function renderExperiments({ experiments, findings }: ConnectionProfile): string {
  const entries = Object.entries(experiments);
  if (entries.length === 0) return "";
  const rows = entries.map(([name, report]) => {
    const look = lookOf(name, report, findings);
    return `<tr><th scope="row">${renderMessage(name)}</th><td class="${look}"><b>${
      renderMessage(report.outcome)
    }</b></td><td>${renderMessage(report.summary)}${renderEvidence(report)}</td></tr>`;
  });
  return `<table class="tally"><thead><tr><th scope="col">experiment</th><th scope="col">outcome</th>` +
    `<th scope="col">what was measured</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** Gives the look of an outcome: that of the worst finding of its experiment. */
function lookOf(name: string, { outcome }: ExperimentReport, findings: readonly Finding[]): string {
  if (outcome === "unknown" || outcome === "skipped") return "soft";
  const own = findings.filter(({ experiment }) => experiment === name).map(rankOf);
  return own.length === 0 ? "up" : LOOKS[SEVERITIES[Math.min(...own)] as Severity] ?? "soft";
}

/** Renders the facts and the lines of the wire, which the reader can open. */
function renderEvidence({ facts, evidence, ms }: ExperimentReport): string {
  const shown = Object.entries(facts).map(([name, value]) =>
    `${escapeText(name)} ${escapeText(JSON.stringify(value) ?? "")}`
  );
  const lines = [...shown, ...evidence];
  const items = lines.slice(0, MOST_LINES).map((line) => `<li><code>${renderMessage(line)}</code></li>`);
  const more = lines.length - items.length;
  const rest = more <= 0 ? "" : `<li class="soft">and ${more} more lines</li>`;
  return `<details><summary>Facts and evidence, ${formatDuration(ms)}</summary><ul class="targets">${
    items.join("")
  }${rest}</ul></details>`;
}
