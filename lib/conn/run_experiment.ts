/**
 * Runs one experiment and reports on it.
 *
 * @module
 */

import type { ParsedResponse } from "../http/response.ts";
import type { ExperimentReport } from "../result.ts";
import type { Experiment, ExperimentVerdict } from "./experiment.ts";
import { hardLimit } from "./estimate.ts";
import { CannotTell, Unsteady } from "./lab/cannot_tell.ts";
import { Lab, type LabOptions } from "./lab/lab.ts";
import { Overrun, runWithin } from "./run_within.ts";
import type { Site } from "./site.ts";
import { OutOfTime } from "./total_time.ts";

/** The report on an experiment, and the circumstances of its run. */
export interface FinishedExperiment {
  readonly report: ExperimentReport;
  /** True if the experiment gave up and may be tried again. */
  readonly gaveUp: boolean;
  /** True if it gave up because its connections gave different results for the same request. */
  readonly unsteady: boolean;
  /** `performance.now()` */
  readonly endedAt: number;
  /** True if it ended early because the server limits requests. */
  readonly cutShort: boolean;
  /** The first thousand answers of the server. */
  readonly responses: readonly ParsedResponse[];
  /** Counts of 503 answers, if the first contact had another status: to any request, and to ordinary ones. */
  readonly unavailable: { readonly any: boolean; readonly ordinary: boolean };
}

/** Maximum responses to remember of an experiment: more of them say nothing new about the server. */
const MOST_RESPONSES = 1_000;

/** Options of one experiment's run. */
export interface ExperimentRunOptions extends LabOptions {
  /** True if its requests are malformed or oversized, so any status may refuse them. */
  readonly odd?: boolean | undefined;
  /** Tells whether a limit on requests ended the run. */
  readonly cutShort: () => boolean;
}

/** Runs an experiment. It never throws: any failure becomes the outcome `unknown`. */
export async function runExperiment(
  site: Site,
  experiment: Experiment,
  { cutShort, odd = false, ...options }: ExperimentRunOptions,
): Promise<FinishedExperiment> {
  const startedAt = performance.now();
  const lab = new Lab(site, options);
  const stop = (): void => lab.close();
  site.signal?.addEventListener("abort", stop);
  let gaveUp = false;
  let unsteady = false;
  let verdict: ExperimentVerdict;
  try {
    if (site.signal?.aborted) throw new CannotTell("interrupted");
    const limit = hardLimit(experiment, site.settings, site.connectTimeout);
    verdict = await runWithin(experiment, lab, { limit, signal: site.signal });
    // Connections that sonde closed look as if the server had closed them.
    if (site.signal?.aborted) throw new CannotTell("interrupted");
  } catch (error) {
    gaveUp = site.signal?.aborted !== true && !(error instanceof Overrun);
    unsteady = error instanceof Unsteady;
    const { reason } = site.signal ?? {};
    const facts = reason instanceof OutOfTime ? { outOfTime: reason.limit / 1000 } : {};
    verdict = { outcome: "unknown", summary: explain(error, site.signal), facts };
  } finally {
    site.signal?.removeEventListener("abort", stop);
    lab.close();
  }
  const { answeredBy, deviations, evidence, answers } = lab.record;
  const unavailable = answers.filter(({ response: { status } }) => status === 503 && status !== site.status);
  const ordinary = unavailable.some(({ request }) => lab.subject.isPlain(request));
  const endedAt = performance.now();
  return {
    report: {
      outcome: verdict.outcome,
      summary: verdict.summary,
      facts: { ...verdict.facts, answeredBy, ...(deviations.length > 0 && { deviations }) },
      evidence,
      ms: Math.round(endedAt - startedAt),
    },
    gaveUp,
    unsteady,
    endedAt,
    cutShort: cutShort(),
    responses: answers.slice(0, MOST_RESPONSES).map(({ response }) => response),
    unavailable: { any: odd ? ordinary : unavailable.length > 0, ordinary },
  };
}

function explain(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) {
    return `could not tell: ${signal.reason instanceof OutOfTime ? signal.reason.message : "interrupted"}`;
  }
  if (error instanceof CannotTell) return `could not tell: ${error.message}`;
  // A defect of one experiment must not stop the others; its report describes the defect.
  return `could not tell: the experiment failed (${error instanceof Error ? error.message : String(error)})`;
}
