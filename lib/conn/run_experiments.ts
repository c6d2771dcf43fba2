/**
 * Makes the selected experiments and reports on each.
 *
 * @module
 */

import type { ExperimentExchanges, ExperimentReport } from "../result.ts";
import { ExchangeLog } from "./exchanges/exchange_log.ts";
import type { Experiment, Verdict } from "./experiment.ts";
import { CannotTell } from "./lab/cannot_tell.ts";
import { Lab } from "./lab/lab.ts";
import type { ProfileOptions } from "./options.ts";
import { runSideBySide } from "./schedule.ts";
import type { Selected } from "./select.ts";
import type { Site } from "./site.ts";

/** Connections at the same time: no more than a browser has to one server. */
const MOST_CONNECTIONS = 4;

/** How experiments are run. */
export interface RunOptions extends Pick<ProfileOptions, "onProgress"> {
  /**
   * Connections at the same time.
   *
   * @default {4}
   */
  readonly connections?: number;
  /** Given the exchanges of each experiment; those of one that is made once more take the place of the first. */
  readonly onExchanges?: (experiment: string, exchanges: ExperimentExchanges) => void;
}

/** A report, and whether the experiment gave up and may be tried once more. */
type Made = ExperimentReport & { readonly gaveUp: boolean };

/**
 * Makes experiments: ordinary ones side by side, then those that need what others found, then malformed ones one by one.
 * One that could not tell is made once more, with nothing beside it.
 *
 * @returns Reports by name, in the order of `selected`
 * @throws Whatever `onProgress` throws, once all experiments have ended
 */
export async function runExperiments(
  place: Site,
  selected: readonly Selected[],
  { onProgress = () => {}, connections = MOST_CONNECTIONS, onExchanges }: RunOptions = {},
): Promise<Record<string, ExperimentReport>> {
  const stop = new AbortController();
  const site = { ...place, signal: AbortSignal.any([stop.signal, ...(place.signal ? [place.signal] : [])]) };
  let failure: { readonly reason: unknown } | undefined;
  // What the callback throws is the caller's; it must not leave experiments behind that go on by themselves.
  const tell = (progress: Parameters<typeof onProgress>[0]): void => {
    if (failure) return;
    try {
      onProgress(progress);
    } catch (reason) {
      failure = { reason };
      stop.abort();
    }
  };
  const made = new Map<string, Made>();
  const make = async ({ experiment, skipped }: Selected): Promise<void> => {
    const { name } = experiment;
    const atMost = experiment.atMost(site.settings);
    if (skipped !== undefined) {
      made.set(name, { outcome: "skipped", summary: skipped, facts: {}, evidence: [], ms: 0, gaveUp: false });
      return;
    }
    tell({ experiment: name, state: "started", atMost });
    const exchanges = onExchanges && new ExchangeLog();
    const report = await makeOne(site, { experiment }, knownFacts(made), exchanges);
    made.set(name, report);
    if (exchanges) onExchanges?.(name, exchanges.end());
    tell({ experiment: name, state: "done", atMost, outcome: report.outcome });
  };
  const asJob = (entry: Selected) => ({
    connections: entry.experiment.connections(site.settings),
    atMost: entry.experiment.atMost(site.settings),
    run: () => make(entry),
  });
  const harmless = selected.filter(({ experiment }) => isHarmless(experiment));
  await runSideBySide(
    harmless.filter(({ experiment }) => experiment.after === undefined).map(asJob),
    connections,
  );
  await runSideBySide(
    harmless.filter(({ experiment }) => experiment.after !== undefined).map(asJob),
    connections,
  );
  // Alone there is no disturbance, and a server that serves one connection at a time answers as well.
  await runSideBySide(harmless.filter(({ experiment }) => made.get(experiment.name)?.gaveUp).map(asJob), 1);
  await runSideBySide(selected.filter((entry) => !harmless.includes(entry)).map(asJob), 1);
  if (failure) throw failure.reason;
  return Object.fromEntries(selected.map(({ experiment: { name } }) => {
    const { gaveUp: _, ...report } = made.get(name)!;
    return [name, report];
  }));
}

function isHarmless({ choice }: Experiment): boolean {
  return choice !== "intrusive" && choice !== "own-host";
}

async function makeOne(
  site: Site,
  { experiment }: Pick<Selected, "experiment">,
  known: ReadonlyMap<string, unknown>,
  exchanges: ExchangeLog | undefined,
): Promise<Made> {
  const startedAt = performance.now();
  const lab = new Lab(site, known, exchanges);
  const stop = (): void => lab.close();
  site.signal?.addEventListener("abort", stop);
  let gaveUp = false;
  let verdict: Verdict;
  try {
    if (site.signal?.aborted) throw new CannotTell("interrupted");
    verdict = await experiment.run(lab);
  } catch (error) {
    gaveUp = site.signal?.aborted !== true;
    verdict = { outcome: "unknown", summary: explain(error, site.signal), facts: {} };
  } finally {
    site.signal?.removeEventListener("abort", stop);
    lab.close();
  }
  const { answeredBy, deviations, evidence, limitedBy } = lab;
  // Oversized and malformed requests may be refused with any status.
  if (limitedBy !== undefined && isHarmless(experiment)) {
    gaveUp ||= verdict.outcome !== "unknown";
    verdict = {
      outcome: "unknown",
      summary: `could not tell: the server limits requests, it answered with ${limitedBy}`,
      facts: { limitedBy },
    };
  }
  return {
    outcome: verdict.outcome,
    summary: verdict.summary,
    facts: { ...verdict.facts, answeredBy, ...(deviations.length > 0 && { deviations }) },
    evidence,
    ms: Math.round(performance.now() - startedAt),
    gaveUp,
  };
}

function explain(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return "could not tell: interrupted";
  if (error instanceof CannotTell) return `could not tell: ${error.message}`;
  // A defect of an experiment must not take the other ones with it; it says what it is.
  return `could not tell: internal error (${error instanceof Error ? error.message : String(error)})`;
}

/** What earlier experiments found, as `idle-timeout.seconds`. */
function knownFacts(made: ReadonlyMap<string, Made>): Map<string, unknown> {
  const facts = new Map<string, unknown>();
  for (const [name, report] of made) {
    for (const [fact, value] of Object.entries(report.facts)) facts.set(`${name}.${fact}`, value);
  }
  return facts;
}
