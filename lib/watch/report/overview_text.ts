/**
 * Formats the overview of an uptime report as text.
 *
 * @module
 */

import { formatSecond } from "../../text/instant.ts";
import { columnsOf } from "../../text/columns.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";
import { escapeMessage } from "../../text/escape/text.ts";
import { layOut, type Span, type View } from "../../text/layout.ts";
import { STATE_STYLES } from "./check_text.ts";
import {
  conditionBefore,
  formatCertificate,
  formatOutageCount,
  formatUptime,
  nameState,
  URGENT_FIRST,
} from "./report_figures.ts";
import { describeTotals, headline } from "./summarise_all.ts";
import { readableCause } from "../readable_cause.ts";
import type { CheckReport } from "./uptime_report.ts";

/** Columns for names at most, so that the figures stay on the line. */
const WIDEST_NAME = 32;

/** Most names of checks with the same certificate. */
const MOST_NAMES = 5;

/** Characters of a cause in the overview; the part of the check has all of it. */
const LONGEST_CAUSE = 160;

/** A line of the overview. */
interface Row {
  readonly check: CheckReport;
  readonly state: string;
  readonly name: string;
  readonly uptime: string;
  readonly counts: string;
  readonly note: string;
}

/**
 * Lays out what is up, down, and soon to be renewed: the figures of all checks together, unless there is only one, and
 * a line for each check.
 */
export function layOutOverview(checks: readonly CheckReport[], view: View): string[] {
  const together = checks.length === 1 ? [] : [...layOutTogether(checks, view), ""];
  return [...together, ...layOutRows(checks, view)];
}

function layOutTogether(checks: readonly CheckReport[], view: View): string[] {
  const title = headline(checks);
  const states = URGENT_FIRST.flatMap((state): Span[] => {
    const count = checks.filter((check) => check.state === state).length;
    return count === 0 || title.endsWith(` ${state}`)
      ? []
      : [", ", [STATE_STYLES[state], `${formatCount(count)} ${nameState(state)}`]];
  });
  const totals = describeTotals(checks).map(([figure, rest]) => `${figure}${rest}`);
  return [
    // The headline counts the checks of one state.
    ...layOut([["heading", title], ...states], view),
    ...layOut([totals.join(", ")], view),
    ...listCertificates(checks).flatMap((line) => layOut([line], view)),
  ];
}

function layOutRows(checks: readonly CheckReport[], view: View): string[] {
  const rows = checks.map((check): Row => ({
    check,
    state: nameState(check.state),
    name: escapeMessage(check.name),
    uptime: formatUptime(check.uptime),
    counts: formatCounts(check),
    note: escapeMessage(formatNote(check)),
  }));
  const widest = (of: (row: Row) => string) =>
    rows.map((row) => columnsOf(of(row))).reduce((most, columns) => Math.max(most, columns), 0);
  const widths = {
    state: widest(({ state }) => state),
    // A longer name has a line of its own.
    name: widest(({ name }) => columnsOf(name) <= WIDEST_NAME ? name : ""),
    uptime: widest(({ uptime }) => uptime),
  };
  return rows.flatMap((row) => layOutRow(row, widths, view));
}

/** Lays out the row of a check. What does not fit beside the figures stands below them. */
function layOutRow(
  { check, state, name, uptime, counts, note }: Row,
  widths: Readonly<Record<"state" | "name" | "uptime", number>>,
  view: View,
): string[] {
  const column = widths.state + 2;
  const head: Span[] = [
    [STATE_STYLES[check.state], state],
    `${pad(state, widths.state)}  `,
    ["heading", name],
  ];
  const figures = `${pad(uptime, widths.uptime)}${uptime}  ${counts}`;
  const margins = { first: 0, rest: column };
  const long = columnsOf(name) > widths.name;
  const start = column + widths.name + 2;
  const line = `${figures}${note === "" ? "" : `  ${note}`}`;
  const fits = start + columnsOf(line) <= view.width;
  const shown = fits ? line : figures;
  return [
    ...(long
      ? [...layOut(head, view, margins), ...layOut([shown], view, { first: start, rest: column })]
      : layOut([...head, `${pad(name, widths.name)}  ${shown}`], view, margins)),
    ...(fits || note === "" ? [] : layOut([note], view, { first: column, rest: column + 2 })),
  ];
}

function formatCounts(check: CheckReport): string {
  const { failures } = check;
  const single = failures === 0 ? "" : `, ${formatQuantity(failures, "single failure")}`;
  return `${formatOutageCount(check)}${single}`;
}

/** Formats since when a check is not up, and why. */
function formatNote(check: CheckReport): string {
  const { state, since, cause, url } = check;
  const before = conditionBefore(check);
  const when = since === null
    ? ""
    : `${state === "removed" ? "on" : "since"} ${formatSecond(since)}${
      before === undefined ? "" : `, before that ${before}`
    }`;
  const reason = state === "up" || state === "new"
    ? []
    : [when, shorten(readableCause(cause ?? "", url))].filter((part) => part !== "");
  return reason.join(": ");
}

/** Lists the certificates that end soon or have ended, with their checks. Many checks may have the same one. */
function listCertificates(checks: readonly CheckReport[]): string[] {
  const names = new Map<string, string[]>();
  for (const { certificate, state, name } of checks) {
    if (certificate === null || state === "removed" || !certificate.soon) continue;
    const text = formatCertificate(certificate);
    names.set(text, [...names.get(text) ?? [], name]);
  }
  return [...names].map(([text, names]) => {
    const more = names.length - MOST_NAMES;
    return `${text}: ${names.slice(0, MOST_NAMES).join(", ")}${
      more > 0 ? ` and ${formatCount(more)} more` : ""
    }`;
  });
}

function shorten(cause: string): string {
  const characters = [...cause];
  return characters.length > LONGEST_CAUSE ? `${characters.slice(0, LONGEST_CAUSE).join("")}…` : cause;
}

function pad(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - columnsOf(text)));
}
