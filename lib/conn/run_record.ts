/**
 * Records the results of the experiments of a run.
 *
 * @module
 */

import type { ExperimentReport } from "../result.ts";
import { nameBackends } from "./backends.ts";
import { formatLimited, type Limited, limitFacts } from "./rate_limit.ts";
import type { FinishedExperiment } from "./run_experiment.ts";
import type { Halt, ServiceState } from "./service_state.ts";

/** The experiments of one run by name: the running ones, and the results of the others. */
export class RunRecord {
  readonly #finished = new Map<string, FinishedExperiment>();
  readonly #running = new Set<string>();
  readonly #accompanied = new Set<string>();

  /** Records that an experiment does not apply here. */
  skip(name: string, why: string): void {
    this.#finished.set(name, unfinished("skipped", why));
  }

  /** Records that an experiment starts, beside those that are running. */
  start(name: string): void {
    this.#running.add(name);
    if (this.#running.size > 1) { for (const running of this.#running) this.#accompanied.add(running); }
  }

  /** Records the result of an experiment; the last result counts. */
  finish(name: string, finished: FinishedExperiment): void {
    this.#running.delete(name);
    this.#finished.set(name, finished);
  }

  /** Forgets the result of an experiment: something else decided its outcome. */
  forget(name: string): void {
    this.#finished.delete(name);
  }

  /**
   * Forgets experiments that ended after a server's last good answer, or received an answer that shows a failing
   * server.
   */
  forgetUnserved(names: readonly string[], servedAt: number): void {
    for (const name of names) {
      const finished = this.#finished.get(name);
      if (finished && (finished.gaveUp || finished.unavailable.any || finished.endedAt > servedAt)) {
        this.forget(name);
      }
    }
  }

  /** Gives the last result of an experiment. */
  get(name: string): FinishedExperiment | undefined {
    return this.#finished.get(name);
  }

  /** Tells whether another experiment ever ran at the same time. */
  wasAccompanied(name: string): boolean {
    return this.#accompanied.has(name);
  }

  /** The facts of all experiments so far, as `idle-timeout.seconds`. */
  get facts(): Map<string, unknown> {
    const facts = new Map<string, unknown>();
    for (const [name, { report }] of this.#finished) {
      for (const [fact, value] of Object.entries(report.facts)) facts.set(`${name}.${fact}`, value);
    }
    return facts;
  }

  /** Tells whether an experiment received a 503 that concerns the server's load, not the request. */
  metOverload({ unavailable }: FinishedExperiment, passedLater: boolean): boolean {
    return unavailable.ordinary || (unavailable.any && passedLater);
  }

  /** Gives the reports by name; facts about the whole run are in the report of the first experiment that ran. */
  reports(names: readonly string[], service: ServiceState): Record<string, ExperimentReport> {
    const unlike = service.backends.compare();
    const reports = names.map((name): [string, ExperimentReport] => {
      const report = this.#report(name, service);
      const responses = this.#finished.get(name)?.responses ?? [];
      return [name, unlike ? nameBackends(report, unlike, responses) : report];
    });
    const first = reports.find(([, { outcome }]) => outcome !== "skipped");
    return Object.fromEntries(reports.map((entry) => {
      const [name, report] = entry;
      return entry === first ? [name, { ...report, facts: { ...report.facts, ...service.facts } }] : entry;
    }));
  }

  /** Gives the report on an experiment: `unknown` if a limit, an outage or the end of the run interfered. */
  #report(name: string, { halt, passedLater }: ServiceState): ExperimentReport {
    const finished = this.#finished.get(name);
    if (finished && !finished.cutShort && !this.metOverload(finished, passedLater)) return finished.report;
    const limited: Limited = { status: 503 };
    const overload: Halt = { why: formatLimited(limited), facts: limitFacts(limited) };
    const { why, facts } = halt ?? (finished ? overload : { why: "interrupted", facts: {} });
    return {
      ...(finished ?? unfinished("unknown", "")).report,
      outcome: "unknown",
      summary: `could not tell: ${why}`,
      facts: { ...facts, answeredBy: finished?.report.facts["answeredBy"] ?? [] },
    };
  }
}

function unfinished(outcome: string, summary: string): FinishedExperiment {
  return {
    report: { outcome, summary, facts: {}, evidence: [], ms: 0 },
    gaveUp: false,
    endedAt: 0,
    unsteady: false,
    cutShort: false,
    responses: [],
    unavailable: { any: false, ordinary: false },
  };
}
