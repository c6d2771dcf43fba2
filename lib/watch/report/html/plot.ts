/**
 * Draws the durations of a check as a plot.
 *
 * @module
 */

import { formatDuration } from "../../../text/duration.ts";
import type { ReportBucket } from "../report_parts.ts";
import { REPORT_PHASES, type ReportPhase } from "../report_phases.ts";
import type { CheckReport } from "../uptime_report.ts";
import { renderMinute } from "../../../report/html/times.ts";

/** Phases from the bottom of a bar to its top. */
const BANDS = REPORT_PHASES.filter((phase) => phase !== "total");

/** Height of the plot in its own units. One unit is two pixels, as nobody sees finer steps. */
const HEIGHT = 72;

/** Least height of a phase in units; a phase that stays below it everywhere is not drawn. */
const LEAST_SEEN = 0.125;

/**
 * Draws the gaps between bars, which all plots of a page share: lines over the areas, a tenth of a bar wide.
 *
 * @param parts Number of bars in a plot
 */
export function renderGaps(parts: number): string {
  const lines = Array.from({ length: parts + 1 }, (_, index) => `M${index} 0v${HEIGHT}`);
  return `<svg class="shared" aria-hidden="true"><path id="gaps" d="${lines.join("")}"/></svg>`;
}

/**
 * Draws a bar for each part of the window: the medians of the phases on top of each other, and a tick at the 90th
 * percentile of the total. The table of the phases is the legend.
 *
 * @returns An empty text if no response was read in the whole window
 */
export function renderPlot(check: CheckReport, window: { from: string; to: string }): string {
  const { buckets } = check;
  const top = niceTop(
    Math.max(0, ...buckets.map(({ p90 }) => p90 ?? 0), ...buckets.map((bucket) => heightOf(bucket))),
  );
  if (top === 0) return "";
  const seen = BANDS.filter((phase) => buckets.some(({ medians }) => (medians[phase] ?? 0) > 0));
  const drawn = seen.filter((phase, index) =>
    index === seen.length - 1 ||
    buckets.some(({ medians }) => (medians[phase] ?? 0) / top * HEIGHT >= LEAST_SEEN)
  );
  // The highest area comes first. Each area covers those behind it down to the bottom, so its upper edge is enough.
  const bands = drawn.toReversed().map((phase) => {
    const below = BANDS.slice(0, BANDS.indexOf(phase) + 1);
    const edge = buckets.map((bucket) => toUnits(heightOf(bucket, below), top));
    return `<path class="${phase}" d="${drawArea(edge)}"><title>${phase}</title></path>`;
  });
  const ticks = buckets.map(({ p90 }) => p90 === undefined ? undefined : toUnits(p90, top));
  const shades = drawShades(buckets);
  return `<div class="frame"><span>${formatDuration(top)}</span>` +
    `<svg class="plot" viewBox="0 0 ${buckets.length} ${HEIGHT}" preserveAspectRatio="none" role="img" ` +
    `aria-label="Times by phase">${shades}${bands.join("")}` +
    `<path class="p90" d="${drawTicks(ticks)}"><title>p90</title></path><use href="#gaps"/></svg></div>` +
    `<div class="axis"><span>${renderMinute(window.from)}</span>${
      shades === "" ? "" : "<span>shaded: down</span>"
    }<span>${renderMinute(window.to)}</span></div>`;
}

/** Shades the parts in which the check was down. */
function drawShades(buckets: readonly ReportBucket[]): string {
  let path = "";
  let at = 0;
  for (const { value, length } of stepsOf(buckets.map(({ worst }) => worst === "down"))) {
    if (value) path += `M${at} 0h${length}v${HEIGHT}h-${length}`;
    at += length;
  }
  return path === "" ? "" : `<path class="shade" d="${path}"><title>down</title></path>`;
}

/** Adds up the medians of some phases. */
function heightOf({ medians }: ReportBucket, phases: readonly ReportPhase[] = BANDS): number {
  return phases.reduce((sum, phase) => sum + (medians[phase] ?? 0), 0);
}

/** Converts milliseconds to units from the upper edge of the plot; even the shortest duration stays visible. */
function toUnits(value: number, top: number): number {
  const height = value / top * HEIGHT;
  return HEIGHT - (height > 0 ? Math.max(1, Math.round(height)) : 0);
}

/** Draws the area below an upper edge with one height for each part; equal neighbours become one step. */
function drawArea(edge: readonly number[]): string {
  let path = `M0 ${HEIGHT}`;
  let at = HEIGHT;
  for (const { value, length } of stepsOf(edge)) {
    path += `${value === at ? "" : shorter(`V${value}`, `v${value - at}`)}h${length}`;
    at = value;
  }
  return `${path}V${HEIGHT}`;
}

/** Draws a line at each height, and a gap where there is no height. */
function drawTicks(heights: readonly (number | undefined)[]): string {
  let path = "";
  let at: number | undefined;
  let skipped = 0;
  for (const { value, length } of stepsOf(heights)) {
    if (value === undefined) skipped += length;
    else {
      path += at === undefined ? `M${skipped} ${value}` : `m${skipped}${separate(value - at)}`;
      path += `h${length}`;
      at = value;
      skipped = 0;
    }
  }
  return path;
}

function separate(value: number): string {
  return value < 0 ? String(value) : ` ${value}`;
}

function shorter(one: string, other: string): string {
  return other.length < one.length ? other : one;
}

function stepsOf<T>(values: readonly T[]): { value: T; length: number }[] {
  const steps: { value: T; length: number }[] = [];
  for (const value of values) {
    const last = steps.at(-1);
    if (last !== undefined && last.value === value) last.length++;
    else steps.push({ value, length: 1 });
  }
  return steps;
}

/** Rounds up to 1, 2 or 5 times a power of ten; 0 stays 0. */
function niceTop(most: number): number {
  if (most === 0) return 0;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= most) ?? most;
}
