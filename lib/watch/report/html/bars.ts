/**
 * Draws the states of a check over the window as bars: one for each day, or one for each part of a short window.
 *
 * @module
 */

import { formatQuantity } from "../../../text/count.ts";
import { formatDuration } from "../../../text/duration.ts";
import { escapeHtml } from "../../../text/escape/html.ts";
import { describeBars, MEANINGS } from "./describe_bars.ts";
import type { Frame } from "./frames.ts";
import type { Bar } from "./read_bars.ts";
import { renderMinute } from "../../../report/html/times.ts";

/** Most bars that have a date and the time down below them. */
const MOST_LABELS = 16;

/** Characters of a cause in the title of a bar; the text of the page has all of it. */
const LONGEST_CAUSE = 90;

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Renders the meaning of the bars. */
export function renderKey(frames: readonly Frame[]): string {
  const [first] = frames;
  if (first === undefined) return "";
  const items = Object.entries(MEANINGS).map(([look, meaning]) =>
    `<li><span><i class="${look}"></i></span>${meaning}</li>`
  );
  return `<ul class="key"><li>One bar is ${describeUnit(first)}. The worst state decides its look:</li>${
    items.join("")
  }</ul>`;
}

function describeUnit({ dates, start, end }: Frame): string {
  if (dates === undefined) return formatDuration(end - start);
  return dates.length === 1 ? "one day" : `${dates.length} days`;
}

/** Draws the bars of a check. Neighbours that say the same become one element. */
export function renderBars(bars: readonly Bar[]): string {
  if (bars.length === 0) return "";
  const labelled = bars[0]!.frame.dates !== undefined && bars.length <= MOST_LABELS;
  const elements = joinEqual(bars).map((bars) => {
    const width = bars.length === 1 ? "" : ` style="--n:${bars.length}"`;
    return `<i class="${bars[0]!.look}"${width} title="${
      escapeHtml(describeBars(bars, LONGEST_CAUSE))
    }"></i>`;
  });
  return `<div class="bars" role="img" aria-label="${summarise(bars)}">${elements.join("")}</div>` +
    (labelled ? renderLabels(bars) : renderAxis(bars));
}

function joinEqual(bars: readonly Bar[]): Bar[][] {
  const stretches: Bar[][] = [];
  for (const bar of bars) {
    const last = stretches.at(-1)?.[0];
    if (last !== undefined && saySame(last, bar)) stretches.at(-1)!.push(bar);
    else stretches.push([bar]);
  }
  return stretches;
}

function saySame(one: Bar, other: Bar): boolean {
  const future = one.frame.known === 0;
  return one.plain && other.plain && one.look === other.look && future === (other.frame.known === 0);
}

/** Counts the bars by their looks, for people who cannot see them. */
function summarise(bars: readonly Bar[]): string {
  const counts = Object.entries(MEANINGS).flatMap(([look, meaning]) => {
    const count = bars.filter((bar) => bar.look === look).length;
    return count === 0 ? [] : [`${count} ${meaning}`];
  });
  return `${formatQuantity(bars.length, "bar")}: ${counts.join(", ")}`;
}

/** Writes the date and the time down below each bar. */
function renderLabels(bars: readonly Bar[]): string {
  const labels = bars.map(({ frame: { from }, ms }) => {
    const day = `${WEEKDAYS[new Date(from).getUTCDay()]} ${Number(from.slice(8, 10))}`;
    return `<span>${day}${ms.down < 1 ? "" : `<b>${formatDuration(ms.down)}</b>`}</span>`;
  });
  return `<div class="days">${labels.join("")}</div>`;
}

function renderAxis(bars: readonly Bar[]): string {
  const [first, last] = [bars[0]!.frame, bars.at(-1)!.frame];
  const [begin, end] = [
    first.dates?.[0] ?? renderMinute(first.from),
    last.dates?.at(-1) ?? renderMinute(last.to),
  ];
  return `<div class="axis"><span>${begin}</span> <span>${end}</span></div>`;
}
