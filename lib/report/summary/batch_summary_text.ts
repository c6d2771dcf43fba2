/**
 * Formats the summary of a batch for people.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../../text/check_options.ts";
import { layOutWhole } from "../../text/whole.ts";
import { formatCount, formatPace, formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, layOutFacts, type Span, type View } from "../../text/layout.ts";
import { MEASURES } from "../series.ts";
import { type Paint, plain } from "../../text/paint.ts";
import { layOutStatistics, statisticsRows } from "../statistics_table.ts";
import { nameTarget } from "../target_name.ts";
import { type BatchSummary, SLOWEST } from "./batch_summary.ts";
import type { Tally } from "./counter.ts";
import { describeLag } from "./lag_summary.ts";
import { layOutTally } from "./tally_text.ts";

/** The look of a summary. */
export interface BatchSummaryOptions {
  /** Milliseconds that the run took; absent for saved rows, which do not tell it. */
  readonly elapsed?: number | undefined;
  /**
   * Number of rows that an earlier run wrote for targets of the same list. The summary does not count them.
   */
  readonly earlier?:
    | { readonly ok: number; readonly failed: number; readonly unmeasured: number }
    | undefined;
  /** Tells how far a run came that ended early. @default {undefined} */
  readonly interrupted?: string | undefined;
  /** Gives each piece of text its style; without it text stays plain. */
  readonly paint?: Paint | undefined;
  /** Columns of a line. @default 80 */
  readonly width?: number | undefined;
}

const SUMMARY_OPTION_NAMES = {
  elapsed: true,
  earlier: { ok: true, failed: true, unmeasured: true },
  interrupted: true,
  paint: true,
  width: true,
} as const satisfies OptionNames<BatchSummaryOptions>;

const NARROWEST = 40;
/** The column of the slowest targets, that of all facts. */
const SLOWEST_COLUMN = 13;
const WIDE_ENOUGH_FOR_LABELS = 60;

/**
 * Formats the summary: counts, statuses, errors, connections, deviations, percentiles of the phases, the
 * slowest targets, and the influence of sonde's own delays.
 *
 * @returns Lines joined by LF, without one at the end
 */
export function formatBatchSummary(summary: BatchSummary, options: BatchSummaryOptions = {}): string {
  checkOptions(options, SUMMARY_OPTION_NAMES);
  const { paint = plain, width = 80, elapsed } = options;
  const view: View = { width: Math.max(NARROWEST, width), paint, verbose: false };
  const { rows, retried, plainInstead } = summary;
  const counts: Span[] = [
    ["heading", formatQuantity(rows, "target")],
    `${describePace(rows, elapsed)}: `,
    ...countVerdicts(summary),
  ];
  if (retried > 0) counts.push(`; ${formatCount(retried)} after retries`);
  if (plainInstead > 0) counts.push(`; ${formatCount(plainInstead)} over http, as https failed`);
  return [
    ...layOut(counts, view),
    ...layOutInterrupted(options, view),
    ...layOutEarlier(options, view),
    ...layOutTally("status", summary.statuses, view),
    ...layOutTally("errors", summary.errors, view),
    ...layOutTally("conn", withoutRepeated(summary.connections, summary.deviations), view),
    ...layOutTally("deviations", withoutRepeated(summary.deviations, summary.connections), view),
    ...layOutPhases(summary, view),
    ...layOutSlowest(summary, view),
    ...layOutLag(summary, view),
  ].join("\n");
}

function describePace(rows: number, elapsed: number | undefined): string {
  if (elapsed === undefined) return "";
  const rate = elapsed > 0 && rows > 0 ? ` (${formatPace(rows / elapsed)})` : "";
  return ` in ${formatDuration(elapsed)}${rate}`;
}

function countVerdicts({ ok, failed, unmeasured }: NonNullable<BatchSummaryOptions["earlier"]>): Span[] {
  return [
    [ok > 0 ? "good" : "dim", `${formatCount(ok)} ok`],
    ", ",
    [failed > 0 ? "bad" : "dim", `${formatCount(failed)} failed`],
    ...(unmeasured > 0 ? [", ", ["warning", `${formatCount(unmeasured)} not measured`] as const] : []),
  ];
}

function layOutInterrupted({ interrupted }: BatchSummaryOptions, view: View): string[] {
  return interrupted === undefined ? [] : layOutFacts("interrupted", [[["warning", interrupted]]], view);
}

function layOutEarlier({ earlier }: BatchSummaryOptions, view: View): string[] {
  if (!earlier) return [];
  const rows = formatQuantity(earlier.ok + earlier.failed + earlier.unmeasured, "target");
  return layOutFacts("resumed", [[`${rows} had a row already: `, ...countVerdicts(earlier)]], view);
}

/** Facts that two lines would say: an end of a connection and the deviation that it is. The second name is kept. */
const SAME_FACTS = [
  ["against the announcement", "connection-lie"],
  ["tls-truncated", "cut without close_notify by the server"],
] as const;

/** Leaves out what the other line says already, with the same count. */
function withoutRepeated(tally: Tally, other: Tally): Tally {
  const counts = new Map(other);
  return tally.filter(([name, count]) =>
    !SAME_FACTS.some(([left, kept]) => left === name && counts.get(kept) === count)
  );
}

function layOutPhases({ phases }: BatchSummary, view: View): string[] {
  return layOutStatistics(statisticsRows(phases, MEASURES), view);
}

/** Lists the slowest targets, each of them whole. Fewer rows than the list can have are all on the screen already. */
function layOutSlowest({ slowest, rows }: BatchSummary, view: View): string[] {
  if (rows <= SLOWEST || slowest.length === 0) return [];
  const narrow = view.width < WIDE_ENOUGH_FOR_LABELS;
  const indent = narrow ? 2 : SLOWEST_COLUMN;
  const longest = Math.max(...slowest.map(({ outcome }) => outcome.length));
  const lines = slowest.flatMap((target, index) => {
    const label: Span = index === 0 && !narrow ? ["heading", "slowest".padEnd(indent)] : " ".repeat(indent);
    const figures = `${formatDuration(target.total).padStart(7)} ${target.outcome.padEnd(longest)} `;
    return layOutWhole([label, figures], nameTarget(target), view, indent + 2);
  });
  return narrow ? [view.paint("heading", "slowest"), ...lines] : lines;
}

function layOutLag({ lag }: BatchSummary, view: View): string[] {
  const text = describeLag(lag);
  return text === undefined ? [] : layOutFacts("own lag", [[["warning", text]]], view);
}
