/**
 * The text format of Prometheus, version 0.0.4.
 *
 * @module
 */

import { escapeHelp, escapeLabel } from "../../text/escape/prometheus.ts";

/** Names and values of labels. */
export type Labels = Readonly<Record<string, string>>;

/** One value of a metric. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** A metric with its help text and its values. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly samples: Iterable<Sample> & { readonly length: number };
}

/** Number of samples in a piece of text. */
const PORTION = 1_000;

/** Formats gauges, each family with its help and type. Families without samples are left out. */
export function formatGauges(families: Iterable<Family>): string {
  return [...gaugePieces(families)].join("");
}

/** Gives the text of {@linkcode formatGauges} in pieces: that of many targets is too long for one string. */
export function* gaugePieces(families: Iterable<Family>): Generator<string, void, void> {
  for (const { name, help, samples } of families) {
    if (samples.length === 0) continue;
    let text = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} gauge\n`;
    let count = 0;
    for (const { labels, value } of samples) {
      text += `${name}${formatLabels(labels)} ${formatValue(value)}\n`;
      if (++count % PORTION !== 0) continue;
      yield text;
      text = "";
    }
    yield text;
  }
}

function formatLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function formatValue(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}
