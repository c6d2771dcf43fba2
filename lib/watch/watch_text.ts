/**
 * Formats runs and state changes for people.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import { chainTotal } from "../redirect_chain.ts";
import { columnsOf } from "../text/columns.ts";
import { formatCount, formatQuantity } from "../text/count.ts";
import { formatDuration } from "../text/duration.ts";
import { formatSecond } from "../text/instant.ts";
import { layOut, type Span, type View } from "../text/layout.ts";
import { type Paint, plain, type Style } from "../text/paint.ts";
import type { CheckRun } from "./check_run.ts";
import type { ChangeNotice } from "./delivery/change_notice.ts";
import { readableCause } from "./readable_cause.ts";
import type { TaskRun, Verdict } from "./run_task.ts";
import type { CheckState } from "./state/check_state.ts";
import { isFailing } from "./state/tally.ts";
import { describeRun } from "./state/describe_run.ts";
import { formatOutageLength } from "./state/change_title.ts";
import type { ChangeKind } from "./state/state_change.ts";

/** Options of the texts about checks. */
export interface WatchTextOptions {
  /** Gives each piece of text its style; without it text stays plain. */
  readonly paint?: Paint | undefined;
  /** Columns of a line. @default {80} */
  readonly width?: number | undefined;
}

/** The names of {@linkcode WatchTextOptions}. */
export const WATCH_TEXT_OPTION_NAMES = {
  paint: true,
  width: true,
} as const satisfies OptionNames<WatchTextOptions>;

const VERDICTS: Readonly<Record<Verdict, readonly [style: Style, word: string]>> = {
  up: ["good", "up"],
  degraded: ["warning", "degraded"],
  down: ["bad", "DOWN"],
  unknown: ["warning", "unknown"],
};

const KINDS: Readonly<Record<ChangeKind, readonly [style: Style, word: string]>> = {
  "up": ["good", "UP"],
  "down": ["bad", "DOWN"],
  "degraded": ["warning", "DEGRADED"],
  "certificate-soon": ["warning", "CERTIFICATE"],
  "certificate-renewed": ["good", "CERTIFICATE"],
  "behaviour": ["notice", "CHANGED"],
  "flapping": ["warning", "FLAPPING"],
  "steady": ["good", "STEADY"],
  "reminder": ["bad", "STILL DOWN"],
  "unmeasured": ["warning", "UNMEASURED"],
  "measured": ["notice", "MEASURED"],
  "removed": ["notice", "REMOVED"],
};

const WIDEST_VERDICT = 8;

/** On a narrower terminal the cause of a change begins further left than the name of its check. */
const WIDE_ENOUGH_TO_INDENT = 60;
const LEAST_INDENT = 2;

/**
 * Formats one run: verdict, status, time and name, and on the next line why the verdict is not `up`. With the width
 * `Infinity` all of it is one line.
 *
 * @returns Lines joined by LF, without one at the end
 */
export function formatCheckRun(
  run: TaskRun & Pick<CheckRun, "check"> & Partial<Pick<CheckRun, "state">>,
  options: WatchTextOptions = {},
): string {
  checkOptions(options, WATCH_TEXT_OPTION_NAMES);
  const { paint = plain, width = 80 } = options;
  const { check, result, verdict, retries, excluded, state } = run;
  const [style, word] = VERDICTS[verdict];
  const time = formatDuration(chainTotal(result)).padStart(8);
  const spans: Span[] = [
    [style, word.padEnd(WIDEST_VERDICT)],
    ` ${String(result.status ?? "-").padStart(3)} ${time}  ${check}`,
    ...(excluded === undefined ? [] : [["dim", " (in maintenance)"] as const]),
    ...(retries === 0
      ? []
      : [["dim", ` (after ${formatQuantity(retries, "more try", "more tries")})`] as const]),
    ...(state === undefined ? [] : describeState(state)),
  ];
  const view = { width, paint, verbose: false };
  const causes = verdict !== "up" || result.error !== undefined
    ? [readableCause(describeRun(run), result.url)]
    : [];
  return layOutRow(spans, causes.map((cause) => ["dim", cause] as const), view, 9);
}

/**
 * Formats one state change: time, kind and name of the check, and on the next line the cause. With the width `Infinity`
 * all of it is one line.
 *
 * @returns Lines joined by LF, without one at the end
 */
export function formatChange(
  change: ChangeNotice,
  options: WatchTextOptions = {},
): string {
  checkOptions(options, WATCH_TEXT_OPTION_NAMES);
  return formatNews(change, options, new Set());
}

/**
 * Formats one state change, without the causes that the text above says already.
 *
 * @param said Causes that the text above says
 */
export function formatNews(
  change: ChangeNotice,
  options: WatchTextOptions,
  said: ReadonlySet<string>,
): string {
  const { paint = plain, width = 80 } = options;
  const { at, kind, check, url, from, to, since } = change;
  const [usual, word] = KINDS[kind];
  const style = kind === "steady" && to !== "up" ? "bad" : usual;
  const view = { width, paint, verbose: false };
  const certain = Date.parse(at) - Date.parse(since);
  const seen = from === to || certain <= 0
    ? ""
    : `, since ${formatSecond(since)} (${formatDuration(certain)})`;
  const row: Span[] = [["dim", formatSecond(at)], "  ", [style, word], `  ${check}${seen}`];
  const causes = causesOf(change).filter((cause) => !said.has(cause)).map((cause) =>
    readableCause(cause, url)
  );
  return layOutRow(row, causes, view, width < WIDE_ENOUGH_TO_INDENT ? LEAST_INDENT : 21);
}

/** Lays out a row and its causes: one line without a limit, for programs, otherwise lines of their own. */
function layOutRow(row: readonly Span[], causes: readonly Span[], view: View, indent: number): string {
  if (view.width === Infinity) {
    return layOut([...row, ...causes.flatMap((cause) => [" (", cause, ")"])], view).join("\n");
  }
  const margins = { first: indent, rest: indent };
  const words = row.flatMap((span) => (typeof span === "string" ? span : span[1]).split(" "));
  // A URL as the name of a check needs the line more than the indentation.
  const rest = Math.max(...words.map(columnsOf)) > view.width - indent ? LEAST_INDENT : indent;
  return [
    ...layOut(row, view, { first: 0, rest }),
    ...causes.flatMap((cause) => layOut([cause], view, margins)),
  ].join("\n");
}

/** Lists the causes of a change: why the check has its condition, and for how long and why it had another one. */
function causesOf({ kind, cause, from, to, outage }: ChangeNotice): string[] {
  if (outage === undefined) return [cause];
  const length = formatOutageLength(outage);
  if (kind === "reminder") return [`${to} for ${length}: ${cause}`];
  if (kind === "steady") {
    return [
      to === "up" ? `up after ${length}, last fault: ${outage.cause}` : `${to} for ${length}: ${cause}`,
    ];
  }
  const ended = outage.mixed === true
    ? `was not up for ${length}, down at times: ${outage.cause}`
    : `was ${from} for ${length}: ${outage.cause}`;
  return kind === "up" ? [ended] : [cause, ended];
}

/** Describes a state that the verdict of the run does not show. */
function describeState({ condition, pending, flapping, ...state }: CheckState): Span[] {
  if (flapping !== undefined) return [["warning", " (flapping)"]];
  if (pending?.needed === undefined || !isFailing({ condition, pending, ...state })) return [];
  return [["dim", ` (failing, ${formatCount(pending.runs)} of ${formatQuantity(pending.needed, "run")})`]];
}
