/**
 * Formats the comparison of two runs as JSON.
 *
 * @module
 */

import { formatJsonLine } from "../../text/json_line.ts";
import type { RowChange } from "./row_change.ts";
import type { RunComparison } from "./run_diff.ts";

/**
 * Formats the comparison of two runs as lines of JSON: one for each difference, with its `change`, and then the summary.
 * A change without a difference in its facts has a line for its outcomes.
 *
 * @returns The lines, each with its line feed
 *
 * @example Usage
 * ```ts
 * import { formatRunDiffJson, RunDiff } from "https://deno.land/x/sonde/lib/report.ts";
 *
 * const { kind, same } = JSON.parse(formatRunDiffJson(new RunDiff().compare()));
 * if (kind !== "summary" || same !== 0) throw new Error(kind);
 * ```
 */
export function formatRunDiffJson(comparison: RunComparison): string {
  return [...runDiffJsonLines(comparison)].map((line) => `${line}\n`).join("");
}

/** Gives the lines of {@linkcode formatRunDiffJson} one after the other, without their line feeds. */
export function* runDiffJsonLines({ changes, summary }: RunComparison): Generator<string, void, void> {
  for (const change of changes) yield* linesOf(change).map(formatJsonLine);
  const { changes: counts, facts, varying, ...rest } = summary;
  yield formatJsonLine({
    schema: 1,
    kind: "summary",
    ...rest,
    ...counts,
    facts: Object.fromEntries(facts),
    varying: varying && Object.fromEntries(varying),
  });
}

function linesOf(
  { input, address, kind, differences, outcomes, cause }: RowChange,
): Record<string, unknown>[] {
  const [before, after] = outcomes ?? [];
  const found = differences.length > 0 ? differences : [{ fact: "outcome", before, after }];
  return found.map((difference) => ({ input, address, ...difference, change: kind, cause }));
}
