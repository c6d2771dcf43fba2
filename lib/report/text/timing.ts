/**
 * Draws the time as a waterfall: one bar for each phase, beginning at the end of the bar before it.
 *
 * @module
 */

import type { ProbeResult, Timings } from "../../result.ts";
import { formatDuration } from "../../text/duration.ts";
import { layOut, layOutFacts, type View } from "../../text/layout.ts";
import type { Style } from "../../text/paint.ts";

const PHASES: readonly (readonly [name: keyof Timings, style: Style])[] = [
  ["dns", "notice"],
  ["connect", "good"],
  ["tls", "warning"],
  ["listen", "dim"],
  ["send", "dim"],
  ["wait", "magenta"],
  ["receive", "blue"],
  ["own", "dim"],
];
/** The columns before the bar: an indentation of two, the name, and the figure, aligned to the right. */
const NAME_COLUMNS = 9;
/** Labels for people that differ from the field names of a result. */
const LABELS: { readonly [name in keyof Timings]?: string } = { own: "sonde itself" };
const FIGURE_COLUMNS = 8;
/** The longest scale: a wider one would show nothing more. */
const LONGEST_BAR = 60;
/** The width of bars for a pipe. */
const USUAL_WIDTH = 80;
/** On a scale shorter than this, bars say nothing, so only the figures are shown. */
const SHORTEST_SCALE = 8;
/** A delay of the event loop below this share of the total does not matter. */
const NOTABLE_LAG = 0.1;

/** Draws the bar from `start` to `end`, shares of the whole on a scale of `columns`; it has at least half a column. */
function drawBar(start: number, end: number, columns: number): string {
  const halves = 2 * columns;
  const from = Math.min(Math.round(start * halves), halves - 1);
  const to = Math.min(Math.max(Math.round(end * halves), from + 1), halves);
  let bar = " ".repeat(Math.floor(from / 2));
  let at = from;
  if (at % 2 === 1) {
    bar += "▐";
    at++;
  }
  bar += "█".repeat(Math.max(0, Math.floor((to - at) / 2)));
  if (to > at && (to - at) % 2 === 1) bar += "▌";
  return bar;
}

/** Lays out the waterfall of phases and the total. */
export function layOutTimings({ timings }: ProbeResult, view: View): string[] {
  const known = PHASES.filter(([name]) => timings[name] !== undefined);
  const sum = known.reduce((before, [name]) => before + (timings[name] ?? 0), 0);
  const whole = Math.max(sum, timings.total);
  const labels = known.map(([name]) => LABELS[name] ?? name);
  const nameColumns = Math.max(NAME_COLUMNS, ...labels.map((label) => label.length + 1));
  // A line without a limit may still be read on a terminal.
  const width = view.width === Infinity ? USUAL_WIDTH : view.width;
  const columns = Math.min(width - 2 - nameColumns - FIGURE_COLUMNS - 2, LONGEST_BAR);
  let elapsed = 0;
  const lines = layOutFacts("timing", [[]], view).map((line) => line.trimEnd());
  for (const [index, [name, style]] of known.entries()) {
    const ms = timings[name] ?? 0;
    const label = `${labels[index]!.padEnd(nameColumns)}${formatDuration(ms).padStart(FIGURE_COLUMNS)}`;
    const bar = whole > 0 && columns >= SHORTEST_SCALE
      ? drawBar(elapsed / whole, (elapsed + ms) / whole, columns)
      : "";
    lines.push(
      ...layOut([label, bar === "" ? "" : "  ", [style, bar]], view, { first: 2, rest: 2, keepBlanks: true }),
    );
    elapsed += ms;
  }
  const total = formatDuration(timings.total).padStart(FIGURE_COLUMNS);
  lines.push(
    ...layOut([["heading", `${"total".padEnd(nameColumns)}${total}`]], view, { first: 2, rest: 2 }),
  );
  const { lag = 0, lost = 0 } = timings;
  const delay = Math.max(lag, lost);
  if (delay > 0 && (view.verbose || delay >= timings.total * NOTABLE_LAG)) {
    const [longest, sum] = [formatDuration(lag), formatDuration(lost)];
    const atOnce = lost > lag && longest !== sum ? ` in total, and by ${longest} at one time` : "";
    const text = `this process itself was held up by up to ${
      formatDuration(delay)
    }${atOnce}: figures may be that much too high`;
    lines.push(...layOut([["warning", text]], view, { first: 2, rest: 2 }));
  }
  return lines;
}
