/**
 * Renders the times of the run: the statistics of each phase, and a plot of their distributions.
 *
 * @module
 */

import { formatDuration } from "../../../text/duration.ts";
import { formatQuantity } from "../../../text/count.ts";
import { type Measure, MEASURES } from "../../series.ts";
import { labelOf, statisticsRows } from "../../statistics_table.ts";
import { renderStatistics } from "../statistics.ts";
import { LOWEST, PhaseTimes, STEPS } from "./phase_times.ts";

/** Height of the plot of a phase in its own units. */
const HEIGHT = 24;

/** The times of a run. Requests on a new connection and on a reused one have different phases. */
export class RunTimes {
  /** Requests on a new connection. */
  readonly cold: PhaseTimes = new PhaseTimes();
  /** Requests on a connection that had carried another request. */
  readonly warm: PhaseTimes = new PhaseTimes();

  /** Renders the times; an empty text without any. */
  render(): string {
    const parts = [
      renderTimes(this.cold, "On new connections"),
      renderTimes(this.warm, "On reused connections"),
    ].filter((part) => part !== "");
    if (parts.length === 0) return "";
    return `<section class="card" id="times"><h2>Times of the answered requests</h2>${
      parts.join("")
    }<p class="soft">Percentiles are exact to 1 %.</p></section>`;
  }
}

function renderTimes(times: PhaseTimes, title: string): string {
  const { distributions, spreads } = times;
  const { total } = distributions;
  if (total === undefined) return "";
  const plot = total.count < 2 ? "" : renderSpreads(spreads);
  return `<h3>${title}: ${formatQuantity(total.count, "request")}</h3><div class="beside"><div>${
    renderStatistics(statisticsRows(distributions, MEASURES))
  }</div>${plot}</div>`;
}

interface Spread {
  readonly measure: Measure;
  readonly counts: Float64Array;
}

/** Draws the distribution of each phase over one logarithmic axis. */
function renderSpreads(spreads: readonly Spread[]): string {
  const used = spreads.flatMap(({ counts }) => Array.from(counts.keys()).filter((step) => counts[step]! > 0));
  // The axis begins and ends at a power of ten.
  const first = Math.floor(Math.min(...used) / STEPS);
  const last = Math.floor(Math.max(...used) / STEPS) + 1;
  const plots = spreads.map(({ measure, counts }) => {
    const shown = counts.subarray(first * STEPS, last * STEPS);
    const label = labelOf(measure);
    return `<span class="soft">${label}</span>` +
      `<svg class="spread ${label}" viewBox="0 0 ${shown.length} ${HEIGHT}" preserveAspectRatio="none" ` +
      `role="img" aria-label="${describeSpread(label, shown, first)}"><path class="grid" d="${
        drawGrid(last - first)
      }"/><path d="${drawArea(shown)}"/></svg>`;
  });
  const marks = Array.from(
    { length: last - first },
    (_, index) => `<span>${formatDuration(10 ** (LOWEST + first + index))}</span>`,
  );
  return `<figure><figcaption class="soft">Distribution of each phase; the axis is logarithmic</figcaption>` +
    `<div class="spreads">${plots.join("")}<span></span><div class="decades">${
      marks.join("")
    }</div></div></figure>`;
}

/** Says where most values of a phase lie, for people who cannot see the plot. */
function describeSpread(label: string, counts: Float64Array, first: number): string {
  const most = counts.indexOf(Math.max(...counts));
  const [from, to] = [most, most + 1].map((step) => formatDuration(10 ** (LOWEST + first + step / STEPS)));
  return `${label}: most often from ${from} to ${to}`;
}

function drawGrid(powers: number): string {
  return Array.from({ length: powers + 1 }, (_, index) => `M${index * STEPS} 0v${HEIGHT}`).join("");
}

/** Draws a bar for each step; the most frequent step has the whole height. */
function drawArea(counts: Float64Array): string {
  const most = Math.max(...counts);
  let path = "";
  counts.forEach((count, step) => {
    if (count === 0) return;
    const height = Math.max(1, Math.round(count / most * HEIGHT));
    path += `M${step} ${HEIGHT}v-${height}h1v${height}`;
  });
  return path;
}
