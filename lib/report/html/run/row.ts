/**
 * Renders one row of the table of results.
 *
 * @module
 */

import { chainTotal } from "../../../redirect_chain.ts";
import type { ProbeResult } from "../../../result.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { formatDuration } from "../../../text/duration.ts";
import type { CheckOutcome } from "../../check_outcome.ts";
import { COLUMNS, type RowColumn } from "../../row_columns.ts";
import { notesOf } from "./notes.ts";
import { type Outcome, OUTCOMES, renderSign } from "./outcome.ts";
import { renderMessage, renderText } from "./safe_text.ts";

/** The columns that the page shares with the rows of text, after number, target, result and time. */
export const SHARED_COLUMNS = [
  "address",
  "server",
  "framing",
  "connection",
  "deviations",
] as const satisfies readonly RowColumn[];

/** The headings of the table. */
export const HEADINGS = [
  "no.",
  "target",
  "result",
  "time",
  ...SHARED_COLUMNS.map((name) => COLUMNS[name].title),
];

/** A row of the run. */
export interface RunRow {
  /** Number in the run, from 1. */
  readonly number: number;
  readonly result: ProbeResult;
  readonly check: CheckOutcome | undefined;
  readonly outcome: Outcome;
}

/** Renders a row: the target with everything that is wrong below it, and a cell for each fact. */
export function renderRow({ number, result, check, outcome }: RunRow): string {
  const total = chainTotal(result);
  const verdict = check === undefined ? "" : `${check.verdict} · `;
  const facts = SHARED_COLUMNS.map((name) => `<td>${escapeHtml(COLUMNS[name].text(result).trim())}</td>`);
  return [
    `<tr id="r${number}" class="${OUTCOMES[outcome].look}"><td>${number}</td><th scope="row">`,
    renderTarget(result, check),
    ...notesOf(result, check).map((note) => `<span class="why">${renderMessage(note)}</span>`),
    `</th><td>${renderSign(outcome)}${verdict}${escapeHtml(COLUMNS.status.text(result).trim())}</td>`,
    `<td data-ms="${Math.round(total * 1000) / 1000}">${formatDuration(total)}</td>`,
    ...facts,
    "</tr>",
  ].join("");
}

/** Renders the input; for a check its name before it, or else the tag behind it. */
function renderTarget({ input, tag }: ProbeResult, check: CheckOutcome | undefined): string {
  if (check !== undefined && check.name !== input) {
    return `${renderText(check.name)} <span class="soft">${renderText(input)}</span>`;
  }
  const label = tag === undefined || tag === input ? "" : ` <span class="soft">${renderText(tag)}</span>`;
  return renderText(input) + label;
}
