import { formatMilliseconds } from "../../../report/figures.ts";
import { formatMinute } from "../report_figures.ts";
import { type CheckReport, REPORT_PHASES, type ReportBucket, type ReportPhase } from "../uptime_report.ts";
import { text } from "./text.ts";

/** From the bottom of a bar to its top. */
const BANDS = REPORT_PHASES.filter((phase) => phase !== "total");

/** Height of the plot in its own units. */
const HEIGHT = 100;

/**
 * Bars over the window: the median of each phase, one upon the other, and a tick at the 90th percentile of the whole
 * time. Nothing where no answer was read in the whole window.
 */
export function renderPlot(check: CheckReport, window: { from: string; to: string }): string {
  const { name, buckets } = check;
  const top = niceTop(Math.max(0, ...buckets.map(({ p90 }) => p90 ?? 0), ...buckets.map(heightOf)));
  if (top === 0) return "";
  const seen = BANDS.filter((phase) => buckets.some(({ medians }) => (medians[phase] ?? 0) > 0));
  const bands = seen.map((phase) =>
    `<path d="${drawBand(buckets, phase, top)}" fill="var(--${phase})"><title>${phase}</title></path>`
  );
  const ticks = `<path d="${drawTicks(buckets, top)}" fill="var(--p90)"><title>p90</title></path>`;
  const legend = seen.map((phase) => `<li><i style="background:var(--${phase})"></i>${phase}</li>`);
  return `<div class="frame"><span>${formatMilliseconds(top)}</span>` +
    `<svg class="plot" viewBox="0 0 ${buckets.length} ${HEIGHT}" preserveAspectRatio="none" role="img" ` +
    `aria-label="${text(`Times of ${name} by phase over the window`)}">${
      bands.join("")
    }${ticks}</svg></div>` +
    `<div class="axis"><span>${formatMinute(window.from)}</span><span>${
      formatMinute(window.to)
    }</span></div>` +
    `<ul class="legend">${
      legend.join("")
    }<li><i class="tick" style="background:var(--p90)"></i>p90 of the whole</li></ul>`;
}

function heightOf({ medians }: ReportBucket): number {
  return BANDS.reduce((sum, phase) => sum + (medians[phase] ?? 0), 0);
}

function drawBand(buckets: readonly ReportBucket[], phase: ReportPhase, top: number): string {
  const below = BANDS.slice(0, BANDS.findIndex((band) => band === phase));
  return buckets.map(({ medians }, index) => {
    const value = medians[phase] ?? 0;
    if (value === 0) return "";
    const base = below.reduce((sum, band) => sum + (medians[band] ?? 0), 0);
    return rectangle(index, HEIGHT - (base + value) / top * HEIGHT, value / top * HEIGHT);
  }).join("");
}

function drawTicks(buckets: readonly ReportBucket[], top: number): string {
  return buckets.map(({ p90 }, index) =>
    p90 === undefined ? "" : rectangle(index, HEIGHT - p90 / top * HEIGHT - 0.6, 1.2)
  )
    .join("");
}

/** A tenth of the width is left free between two bars. */
function rectangle(index: number, y: number, height: number): string {
  return `M${index + 0.05} ${y.toFixed(2)}h.9v${height.toFixed(2)}h-.9z`;
}

/** The next of 1, 2 or 5 times a power of ten; 0 stays 0. */
function niceTop(most: number): number {
  if (most === 0) return 0;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * power).find((top) => top >= most) ?? most;
}
