/**
 * The views of `sonde probe`: whole results, rows, a series or a document.
 *
 * @module
 */

import type { Paint } from "../../../text/paint.ts";
import type { ProbeResult } from "../../../result.ts";
import type { Target } from "../../../target/target.ts";
import type { ProbeFlags } from "./flags.ts";
import type { Formatter } from "../../../report/formatter.ts";
import { chosenFormat, loadFormatter } from "../../output/formats.ts";
import type { RowLook } from "../../output/row_look.ts";
import { isSilent } from "../../output/silent.ts";

/** Turns results into text, one after the other. Every piece ends with LF or is empty. */
export interface ProbeView {
  /** Begins a series of requests to one target. */
  beginSeries(target: Target): string;
  result(result: ProbeResult): string;
  /** Ends the series. */
  endSeries(): string;
  /** Ends the output. */
  end(): string;
  /** The exit code, if the format has exit codes of its own. */
  readonly code?: (() => number | undefined) | undefined;
}

/** The layout of text. */
export interface ViewOptions {
  readonly paint: Paint;
  readonly width: number;
  /** The look of rows, which differs from that of whole results in a pipe. */
  readonly rows: RowLook;
}

/** Chooses the view by the flags, and loads its modules. */
export async function chooseProbeView(
  flags: ProbeFlags,
  targets: number,
  options: ViewOptions,
): Promise<ProbeView> {
  const formatter = await loadFormatter("results", chosenFormat(flags), flags);
  if (formatter !== undefined) {
    const view = documentView(formatter, isSilent(flags));
    return flags.count > 1 && chosenFormat(flags) === "json" ? await summarised(view, isSilent(flags)) : view;
  }
  if (isSilent(flags)) return SILENT;
  if (flags.count > 1) return await seriesView(flags, options);
  return targets === 1 || flags.verbose ? await wholeView(flags, options) : await rowView(options);
}

const SILENT: ProbeView = { beginSeries: () => "", result: () => "", endSeries: () => "", end: () => "" };

function documentView(formatter: Formatter, silent: boolean): ProbeView {
  const shown = (text: string): string => silent ? "" : text;
  let beginning = formatter.begin();
  const begun = (text: string): string => {
    const all = beginning + text;
    beginning = "";
    return shown(all);
  };
  return {
    ...SILENT,
    result: (result) => begun(formatter.row(result)),
    end: () => begun(formatter.end()),
    code: () => formatter.code,
  };
}

/** Adds the summary of each series as a line of JSON. */
async function summarised(view: ProbeView, silent: boolean): Promise<ProbeView> {
  const { Series } = await import("../../../report/series.ts");
  const { formatSeriesJson } = await import("../../../report/series_json.ts");
  let series = new Series();
  let last: ProbeResult | undefined;
  return {
    ...view,
    beginSeries: (target) => {
      series = new Series();
      last = undefined;
      return view.beginSeries(target);
    },
    result: (result) => {
      series.add(result);
      last = result;
      return view.result(result);
    },
    // A run that was interrupted before the first result has nothing to sum up.
    endSeries: () => silent || last === undefined ? "" : `${formatSeriesJson(series.summary(), last)}\n`,
  };
}

async function wholeView({ verbose }: ProbeFlags, { paint, width }: ViewOptions): Promise<ProbeView> {
  const { formatResult } = await import("../../../report/text.ts");
  let first = true;
  return {
    ...SILENT,
    result: (result) => {
      const separator = first ? "" : "\n";
      first = false;
      return `${separator}${formatResult(result, { paint, width, verbose })}\n`;
    },
  };
}

async function rowView({ rows }: ViewOptions): Promise<ProbeView> {
  const { makeRowFormatter } = await import("../../../report/row_formatter.ts");
  return documentView(makeRowFormatter(rows), false);
}

async function seriesView({ verbose }: ProbeFlags, { paint, width, rows }: ViewOptions): Promise<ProbeView> {
  const [{ Series }, { formatSeriesHeader, formatSeriesRow, formatSeriesSummary }, { formatResult }] =
    await Promise
      .all([
        import("../../../report/series.ts"),
        import("../../../report/series_text.ts"),
        import("../../../report/text.ts"),
      ]);
  const { escapeText } = await import("../../../text/escape/text.ts");
  let series = new Series();
  let number = 0;
  let previous: ProbeResult | undefined;
  let separator = "";
  return {
    beginSeries: ({ input }) => {
      series = new Series();
      number = 0;
      previous = undefined;
      const title = `${separator}${escapeText(input)}\n`;
      separator = "\n";
      return verbose ? title : `${title}${formatSeriesHeader(rows)}\n`;
    },
    result: (result) => {
      series.add(result);
      number++;
      if (verbose) return `\n${number}: ${formatResult(result, { paint, width, verbose })}\n`;
      const row = formatSeriesRow(result, number, { ...rows, previous });
      previous = result;
      return `${row}\n`;
    },
    endSeries: () => `\n${formatSeriesSummary(series.summary(), { paint, width })}\n`,
    end: () => "",
  };
}
