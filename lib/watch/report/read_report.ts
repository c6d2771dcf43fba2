/**
 * Reads an uptime report from a history.
 *
 * @module
 */

import { isChosen } from "../is_chosen.ts";
import type { DatabaseSync } from "node:sqlite";
import { HistoryError } from "../history/history_error.ts";
import { checkOptions, type OptionNames } from "../../text/check_options.ts";
import { CheckReader } from "./read_check.ts";
import { type ReportFrame, summariseCheck } from "./summarise_check.ts";
import type { UptimeReport } from "./uptime_report.ts";

/** Options of {@linkcode readReport}. */
export interface ReportOptions {
  /**
   * Beginning of the window, in milliseconds since 1970.
   *
   * @default seven days before the end
   */
  readonly from?: number | undefined;
  /**
   * End of the window, which is not part of it, in milliseconds since 1970.
   *
   * @default now
   */
  readonly to?: number | undefined;
  /** Only checks with one of these names or tags. */
  readonly only?: readonly string[] | undefined;
  /**
   * Number of equal parts of the window, for bars and plots.
   *
   * @default {96}
   */
  readonly parts?: number | undefined;
  /**
   * Time at which the report is made, in milliseconds since 1970: states are those of this time.
   *
   * @default {Date.now()}
   */
  readonly now?: number | undefined;
}

/** Length of the window in milliseconds, unless it has a beginning. */
const USUAL_WINDOW = 7 * 24 * 3_600_000;

const REPORT_OPTION_NAMES = {
  from: true,
  to: true,
  only: true,
  parts: true,
  now: true,
} as const satisfies OptionNames<ReportOptions>;

/**
 * Reads the uptime report of a window of time from a history. A watch may go on writing meanwhile. Needs `--allow-read`
 * for the file.
 *
 * @param path Path of the history
 * @throws {HistoryError} If the history cannot be read
 * @throws {RangeError} If the beginning or the end of the window is not a number
 *
 * @example Usage
 * ```ts
 * import { openHistory, readReport } from "https://deno.land/x/sonde/lib/watch.ts";
 *
 * const folder = await Deno.makeTempDir();
 * (await openHistory(`${folder}/uptime.db`))[Symbol.dispose]();
 * const { checks } = await readReport(`${folder}/uptime.db`, { from: Date.now() - 86_400_000 });
 * await Deno.remove(folder, { recursive: true });
 * if (checks.length > 0) throw new Error("a new history has no checks");
 * ```
 */
export async function readReport(path: string, options: ReportOptions = {}): Promise<UptimeReport> {
  checkOptions(options, REPORT_OPTION_NAMES);
  const { now = Date.now(), to = now, from = to - USUAL_WINDOW, only, parts = 96 } = options;
  for (const [name, time] of Object.entries({ from, to, now })) {
    if (!Number.isFinite(time)) {
      throw new RangeError(
        `Cannot read the report: "${name}" is a time in milliseconds since 1970, not ${time}`,
      );
    }
  }
  const { openForReading } = await import("../history/open_database.ts");
  using database = openForReading(path);
  const { describeFault } = await import("../history/damage.ts");
  try {
    return readChecks(database, { window: { from, to }, only, parts, now });
  } catch (error) {
    throw new HistoryError(`Cannot read the history ${path}: ${describeFault(error)}`, { cause: error });
  }
}

function readChecks(
  database: DatabaseSync,
  options: Omit<ReportFrame, "firstRun"> & Pick<ReportOptions, "only">,
): UptimeReport {
  const { window, only, parts, now } = options;
  // One transaction: a watch that writes meanwhile must not make the figures disagree.
  database.exec("BEGIN");
  const reader = new CheckReader(database);
  const checks = reader.checks();
  const firstRun = checks.reduce(
    (first, { lookup }) => Math.min(first, lookup.first()?.at ?? Infinity),
    Infinity,
  );
  const reports = checks.filter((check) => isChosen(check, only)).map((check) =>
    summariseCheck(reader.read(check, window, now), { window, parts, now, firstRun })
  );
  return {
    schema: 1,
    madeAt: new Date(now).toISOString(),
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    // Times in ISO 8601 sort as text.
    lastRun: reports.flatMap(({ lastRun }) => lastRun ?? []).sort().at(-1) ?? null,
    checks: reports,
  };
}
