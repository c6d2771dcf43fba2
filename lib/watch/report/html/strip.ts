/**
 * Draws the verdicts on a check as a strip.
 *
 * @module
 */

import { formatMinute } from "../report_figures.ts";
import type { ReportBucket } from "../report_parts.ts";
import type { CheckReport } from "../uptime_report.ts";
import { escapeHtml } from "../../../text/escape/html.ts";

/** Height of the strip in its own units. One unit is two pixels, as nobody sees finer steps. */
const HEIGHT = 14;

/** Least height of a verdict in units, so that a rare one stays visible. */
const SMALLEST = 3;

/** Verdicts from the bottom to the top; the rest is up. */
const MARKS = ["down", "degraded", "unknown"] as const;

/** Draws a bar of one colour from `bottom` up. */
interface Bar {
  readonly mark: typeof MARKS[number] | "up" | "none";
  readonly bottom: number;
  readonly height: number;
}

/**
 * Draws a strip over the window. In each part red, amber and grey show the share of runs that were down, degraded or
 * unknown. A low bar marks a time without runs. Neighbours that look the same become one part.
 */
export function renderStrip({ name, buckets }: CheckReport): string {
  const groups: { key: string; bars: Bar[]; start: number; length: number }[] = [];
  for (const [index, bucket] of buckets.entries()) {
    const bars = barsOf(bucket);
    const key = JSON.stringify(bars);
    const last = groups.at(-1);
    if (last?.key === key) last.length++;
    else groups.push({ key, bars, start: index, length: 1 });
  }
  const columns = groups.map(({ bars, start, length }) => {
    const title = `<title>${escapeHtml(describe(buckets, start, start + length))}</title>`;
    const paths = bars.map(({ mark, bottom, height }) => [mark, drawBar(start, length, bottom, height)]);
    return paths.length === 1
      ? `<path class="${paths[0]![0]}" d="${paths[0]![1]}">${title}</path>`
      : `<g>${title}${paths.map(([mark, path]) => `<path class="${mark}" d="${path}"/>`).join("")}</g>`;
  });
  return `<svg class="strip" viewBox="0 0 ${buckets.length} ${HEIGHT}" preserveAspectRatio="none" role="img" ` +
    `aria-label="${escapeHtml(`States of ${name} over the window`)}">${columns.join("")}</svg>`;
}

function barsOf({ verdicts }: ReportBucket): Bar[] {
  const runs = verdicts.up + verdicts.degraded + verdicts.down + verdicts.unknown;
  if (runs === 0) return [{ mark: "none", bottom: HEIGHT, height: SMALLEST }];
  const bars: Bar[] = [];
  let bottom = HEIGHT;
  let left = runs;
  for (const mark of MARKS) {
    if (verdicts[mark] === 0) continue;
    left -= verdicts[mark];
    // A rare verdict leaves room for those above it; a single verdict fills the bar.
    const most = left === 0 ? bottom : bottom - 1;
    const share = Math.round(verdicts[mark] / runs * HEIGHT);
    const height = left === 0 ? most : Math.min(most, Math.max(SMALLEST, share));
    bars.push({ mark, bottom, height });
    bottom -= height;
  }
  return bottom === 0 ? bars : [...bars, { mark: "up", bottom, height: bottom }];
}

function drawBar(x: number, width: number, bottom: number, height: number): string {
  return `M${x} ${bottom}h${width}v-${height}h-${width}`;
}

/** Describes a part: its time, and its runs by verdict. */
function describe(buckets: readonly ReportBucket[], begin: number, end: number): string {
  const from = formatMinute(buckets[begin]!.start);
  const next = buckets[end]?.start;
  const to = next === undefined ? "the end" : formatMinute(next);
  const [day] = from.split(" ");
  const inside = buckets.slice(begin, end);
  const counts = ["up", ...MARKS].map((mark) => {
    const count = inside.reduce((sum, { verdicts }) => sum + verdicts[mark as keyof typeof verdicts], 0);
    return count === 0 ? [] : [`${count} ${mark}`];
  });
  return `${from} to ${to.replace(`${day} `, "")}: ${counts.flat().join(", ") || "no run"}`;
}
