/**
 * The views of `sonde show`: those of the commands that made the rows.
 *
 * @module
 */

import { type Formatter, paragraphFormatter } from "../../../report/formatter.ts";
import type { SavedResult } from "../../../report/saved/saved_row.ts";
import type { ConnectionProfile } from "../../../result.ts";
import type { Paint } from "../../../text/paint.ts";
import { chosenFormat, type FormatName, formatsOf, loadFormatter } from "../../output/formats.ts";
import { UsageError } from "../../usage_error.ts";
import { chooseBatchView } from "../batch/view.ts";
import type { ShowFlags } from "./flags.ts";

/** The layout of text. */
interface Layout {
  readonly paint: Paint;
  readonly width: number;
}

/** Chooses the formatter of results: that of a batch, or with `-v` that of a single probe. */
export async function chooseResultView(
  flags: ShowFlags,
  first: SavedResult,
  layout: Layout,
): Promise<Formatter<SavedResult>> {
  const format = chosenFormat(flags);
  if (format === "text" && flags.verbose) {
    const { formatResult } = await import("../../../report/text.ts");
    return paragraphFormatter((row) => formatResult(row, { ...layout, verbose: true }));
  }
  // Rows of a watch have the outcome of their check, for which some formats have columns of their own.
  const checks = first.check !== undefined && flags.expect.length === 0;
  const view = checks && format !== "text"
    ? await loadFormatter("results", format, { checks })
    : await chooseBatchView(format, layout);
  if (view === undefined) throw new TypeError(`No formatter of results is called ${format}`);
  return {
    begin: () => view.begin(),
    row: (row) => view.row(row, row.check && { check: row.check }),
    count: (row) => view.count?.(row, row.check && { check: row.check }),
    end: () => view.end(),
    endInPieces: () => view.endInPieces?.() ?? [view.end()],
    get code() {
      return view.code;
    },
  };
}

/** Chooses the formatter of profiles, that of `sonde conn`. */
export async function chooseProfileView(
  flags: ShowFlags,
  layout: Layout,
): Promise<Formatter<ConnectionProfile>> {
  const format = chosenFormat(flags);
  const names: readonly string[] = formatsOf("profiles");
  if (!names.includes(format)) {
    throw new UsageError(
      `Cannot show profiles of sonde conn as ${format}: choose one of ${names.join(", ")}`,
    );
  }
  const view = await loadFormatter("profiles", format as FormatName<"profiles">);
  if (view !== undefined) return view;
  const { formatProfile } = await import("../../../report/profile/profile_text.ts");
  return paragraphFormatter((profile) => formatProfile(profile, { ...layout, verbose: flags.verbose }));
}
