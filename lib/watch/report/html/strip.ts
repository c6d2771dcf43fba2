import { formatMinute } from "../report_figures.ts";
import type { CheckReport, ReportBucket } from "../uptime_report.ts";
import { text } from "./text.ts";

/** Height of the strip in its own units. */
const HEIGHT = 10;

/** What is seldom can be seen still. */
const SMALLEST = 2;

/** From the bottom to the top; what is left is up. */
const MARKS = ["down", "degraded", "unknown"] as const;

/**
 * A strip over the window: in each part red, amber and grey stand for the share of runs that were down, degraded or told
 * nothing. A low bar is a time without any run. Parts that are alike are one.
 */
export function renderStrip({ name, buckets }: CheckReport): string {
  const groups: { key: string; start: number; length: number }[] = [];
  for (const [index, bucket] of buckets.entries()) {
    const key = sharesOf(bucket)?.join() ?? "none";
    const last = groups.at(-1);
    if (last?.key === key) last.length++;
    else groups.push({ key, start: index, length: 1 });
  }
  const bars = groups.map(({ start, length }) => {
    const end = buckets[start + length]?.start;
    const until = end === undefined ? "to the end" : `to ${formatMinute(end)}`;
    const inside = buckets.slice(start, start + length);
    const title = `${formatMinute(buckets[start]!.start)} ${until}: ${describe(inside)}`;
    return `<g><title>${text(title)}</title>${drawColumn(inside[0]!, start, length)}</g>`;
  });
  return `<svg class="strip" shape-rendering="crispEdges" viewBox="0 0 ${buckets.length} ${HEIGHT}" preserveAspectRatio="none" role="img" ` +
    `aria-label="${text(`States of ${name} over the window`)}">${bars.join("")}</svg>`;
}

/** Heights of the marks; `undefined` where there was no run. */
function sharesOf({ verdicts }: ReportBucket): number[] | undefined {
  const runs = verdicts.up + verdicts.degraded + verdicts.down + verdicts.unknown;
  if (runs === 0) return undefined;
  return MARKS.map((mark) => {
    const share = verdicts[mark] / runs;
    return share === 0 || share === 1
      ? share * HEIGHT
      : Math.max(SMALLEST, Math.round(share * HEIGHT * 10) / 10);
  });
}

function drawColumn(bucket: ReportBucket, x: number, width: number): string {
  const shares = sharesOf(bucket);
  if (shares === undefined) return rectangle(x, width, HEIGHT - 2, 2, "none");
  let bottom = HEIGHT;
  const marks = MARKS.map((mark, index) => {
    const height = Math.min(shares[index]!, bottom);
    bottom -= height;
    return height === 0 ? "" : rectangle(x, width, bottom, height, mark);
  });
  return marks.join("") + (bottom > 0 ? rectangle(x, width, 0, bottom, "up") : "");
}

function rectangle(x: number, width: number, y: number, height: number, colour: string): string {
  const [top, tall] = [y, height].map((value) => Math.round(value * 10) / 10);
  return `<rect x="${x}" y="${top}" width="${width}" height="${tall}" fill="var(--${colour})"/>`;
}

function describe(buckets: readonly ReportBucket[]): string {
  const counts = ["up", ...MARKS] as const;
  const told = counts.map((mark) =>
    [mark, buckets.reduce((sum, { verdicts }) => sum + verdicts[mark], 0)] as const
  )
    .filter(([, count]) => count > 0).map(([mark, count]) => `${count} ${mark}`);
  return told.length === 0 ? "no run" : told.join(", ");
}
