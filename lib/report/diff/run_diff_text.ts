/**
 * Formats the comparison of two runs as text for people.
 *
 * @module
 */

import { checkOptions } from "../../text/check_options.ts";
import { formatCount, formatQuantity } from "../../text/count.ts";
import { formatDuration } from "../../text/duration.ts";
import { escapeMessage, escapeText } from "../../text/escape/text.ts";
import { layOut, layOutFacts, type Span, type View } from "../../text/layout.ts";
import { plain, type Style } from "../../text/paint.ts";
import { TEXT_OPTION_NAMES, type TextOptions } from "../text.ts";
import type { Difference } from "./diff.ts";
import { CHANGE_KINDS, type RowChange, type RowChangeKind } from "./row_change.ts";
import type { RunComparison, RunDiffSummary } from "./run_diff.ts";
import { TextPool } from "./text_pool.ts";

/** Each kind as a heading, in the summary, and its style. */
const KINDS: Readonly<Record<RowChangeKind, readonly [heading: string, summary: string, style: Style]>> = {
  failed: ["failed newly", "failed newly", "bad"],
  unmeasured: ["no verdict any more", "without a verdict", "warning"],
  recovered: ["recovered", "recovered", "good"],
  changed: ["changed", "changed", "warning"],
  missing: ["only before", "only before", "warning"],
  added: ["only after", "only after", "warning"],
  slower: ["slower", "slower", "warning"],
  faster: ["faster", "faster", "good"],
};

/** Facts that another one implies, which the summary leaves out. */
const IMPLIED = /^(?:ok|reason|error\.(?:by|phase))$/;

/** The fingerprint of a certificate tells these facts already, and its beginning is enough for people. */
const IN_FINGERPRINT = /^tls\.certificate\.(?:serial|notBefore)$/;
const FINGERPRINT = "tls.certificate.fingerprint256";
const FINGERPRINT_DIGITS = 16;

/** The outcomes of a row tell these facts already. */
const IN_OUTCOME = /^(?:ok|status|reason|error\..*|checks\..*)$/;

const GROUP = { first: 2, rest: 6 };
const TARGET = { first: 4, rest: 4 };

/**
 * Formats the comparison of two runs: the changes by kind, each with its targets below it, and a summary. Targets that
 * changed in the same way stand together.
 *
 * @returns Lines joined by LF, without one at the end
 * @throws {TypeError} If an option does not exist
 *
 * @example Usage
 * ```ts
 * import { formatRunDiff, RunDiff } from "https://deno.land/x/sonde/lib/report.ts";
 *
 * const text = formatRunDiff(new RunDiff().compare());
 * if (text !== "0 rows: 0 the same") throw new Error(text);
 * ```
 */
export function formatRunDiff(comparison: RunComparison, options: TextOptions = {}): string {
  return [...runDiffLines(comparison, options)].join("\n");
}

/** Gives the lines of {@linkcode formatRunDiff} one after the other: a comparison of large runs has millions of them. */
export function* runDiffLines(
  { changes, summary }: RunComparison,
  options: TextOptions = {},
): Generator<string, void, void> {
  checkOptions(options, TEXT_OPTION_NAMES);
  const { paint = plain, width = 80 } = options;
  const view: View = { width: Math.max(40, width), paint, verbose: false };
  for (const kind of CHANGE_KINDS) {
    const own = changes.filter((change) => change.kind === kind);
    if (own.length === 0) continue;
    yield* layOutKind(kind, own, view);
    yield "";
  }
  yield* layOutSummary(summary, view);
}

function* layOutKind(
  kind: RowChangeKind,
  changes: readonly RowChange[],
  view: View,
): Generator<string, void, void> {
  const [heading, , style] = KINDS[kind];
  yield* layOut([[style, heading], ` (${formatCount(changes.length)})`], view);
  if (kind === "missing" || kind === "added") {
    yield* layOutTargets(changes, view, GROUP);
    return;
  }
  const texts = new TextPool();
  const groups = Map.groupBy(
    changes,
    (change) => texts.add(JSON.stringify([change.outcomes, change.cause, change.differences])),
  );
  for (const group of groups.values()) {
    yield* layOutChange(group[0]!, view);
    yield* layOutTargets(group, view, TARGET);
  }
}

/** Gives a line for each target, with the number of its rows if there are several. */
function* layOutTargets(
  changes: readonly RowChange[],
  view: View,
  margins: typeof TARGET,
): Generator<string, void, void> {
  const rows = new Map<string, number>();
  for (const { input, address } of changes) {
    const name = escapeText(input) + (address === undefined ? "" : ` at ${escapeText(address)}`);
    rows.set(name, (rows.get(name) ?? 0) + 1);
  }
  for (const [name, count] of rows) {
    const times = count === 1 ? "" : view.paint("dim", ` (${formatQuantity(count, "row")})`);
    yield `${" ".repeat(margins.first)}${view.paint("name", name)}${times}`;
  }
}

function layOutChange(change: RowChange, view: View): string[] {
  const { outcomes, differences } = change;
  if (outcomes === undefined) return layOutFactLines(differences, view);
  const rest = differences.filter(({ fact }) => !IN_OUTCOME.test(fact));
  return [...layOut([describeOutcomes(outcomes, change)], view, GROUP), ...layOutFactLines(rest, view)];
}

/** Puts the cause behind the outcome that it explains. */
function describeOutcomes([before, after]: readonly [string, string], { kind, cause }: RowChange): string {
  const [was, is] = [escapeText(before), escapeText(after)];
  if (cause === undefined) return `${was} → ${is}`;
  const words = escapeMessage(cause);
  return kind === "recovered" ? `${was} (${words}) → ${is}` : `${was} → ${is}: ${words}`;
}

function layOutFactLines(differences: readonly Difference[], view: View): string[] {
  const otherCertificate = differences.some(({ fact }) => fact === FINGERPRINT);
  const told = differences.filter(({ fact }) => !otherCertificate || !IN_FINGERPRINT.test(fact));
  return told.flatMap((difference) => layOut(describe(difference), view, GROUP));
}

function describe({ fact, before, after }: Difference): Span[] {
  return [["dim", `${escapeText(fact)}: `], valueText(fact, before), " → ", valueText(fact, after)];
}

function valueText(fact: string, value: unknown): string {
  if (value === null || value === undefined || Array.isArray(value) && value.length === 0) return "(none)";
  if (Array.isArray(value) && value.every((it) => typeof it === "string")) {
    return escapeText(value.join(", "));
  }
  if (fact === "time" && typeof value === "number") return formatDuration(value);
  if (fact === FINGERPRINT) return `${escapeText(String(value).slice(0, FINGERPRINT_DIGITS))}…`;
  return escapeText(typeof value === "string" ? value : JSON.stringify(value));
}

function layOutSummary(
  { before, after, same, changes, facts, varying = [], spikes, time }: RunDiffSummary,
  view: View,
): string[] {
  const parts = CHANGE_KINDS.flatMap((kind): Span[] => {
    const [, words, style] = KINDS[kind];
    return changes[kind] === 0 ? [] : [[style, `${formatCount(changes[kind])} ${words}`], ", "];
  });
  const rows = before === after
    ? formatQuantity(before, "row")
    : `${formatQuantity(before, "row")} before, ${formatCount(after)} after`;
  const named = facts.filter(([fact]) => !IMPLIED.test(fact));
  return [
    ...layOut([["heading", rows], ": ", ...parts, `${formatCount(same)} the same`], view),
    ...(named.length === 0 ? [] : layOutFacts("facts", [[listFacts(named)]], view)),
    ...(varying.length === 0 ? [] : layOutFacts("varying", [[listFacts(varying)], [VARYING]], view)),
    ...(time === undefined ? [] : layOutFacts("time", [[describePace(time)]], view)),
    ...(spikes === undefined ? [] : layOutFacts("spikes", [[describeSpikes(spikes)]], view)),
  ];
}

const VARYING = "no change: these values differ from answer to answer";

/** Number of facts that the summary names. */
const NAMED = 12;

function listFacts(facts: RunDiffSummary["facts"]): string {
  const named = facts.slice(0, NAMED).map(([fact, count]) => `${escapeText(fact)}: ${formatCount(count)}`);
  const more = facts.length - named.length;
  return named.join("; ") + (more > 0 ? `; and ${formatCount(more)} more` : "");
}

function describeSpikes({ slower, faster }: NonNullable<RunDiffSummary["spikes"]>): string {
  return `${formatCount(slower)} took far longer, ${
    formatCount(faster)
  } far less long: single long times come and go`;
}

function describePace({ before, after, slower, targets }: NonNullable<RunDiffSummary["time"]>): string {
  return `median ${formatDuration(before)} before, ${formatDuration(after)} after; ` +
    `${formatCount(slower)} of ${formatQuantity(targets, "target")} took longer`;
}
