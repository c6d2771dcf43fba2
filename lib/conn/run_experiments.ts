/**
 * Runs the selected experiments and reports on each.
 *
 * @module
 */

import type { ExperimentReport } from "../result.ts";
import { ExchangeLog } from "./exchanges/exchange_log.ts";
import { longestOf, type Pace } from "./estimate.ts";
import type { Experiment } from "./experiment.ts";
import { measurePace } from "./lab/measure_pace.ts";
import { type FinishedExperiment, runExperiment } from "./run_experiment.ts";
import { RunCallbacks } from "./run_callbacks.ts";
import type { RunOptions } from "./run_options.ts";
import { RunRecord } from "./run_record.ts";
import { estimateSideBySide, type Job, runSideBySide } from "./schedule.ts";
import type { Selected } from "./select.ts";
import type { Service } from "./service_check.ts";
import { ServiceState } from "./service_state.ts";
import type { Site } from "./site.ts";
import { isHarmless, MOST_CONNECTIONS, phasesOf } from "./phases.ts";
import { countsAgainstServer } from "./counts_against_server.ts";

/** With this few connections at a time, nothing runs beside an experiment that needs all of them. */
const CONNECTIONS_OF_ONE = 2;

/**
 * Runs experiments: ordinary ones side by side, then those that need earlier results. If an experiment was
 * inconclusive, or its outcome counts against the server and others ran beside it, it runs once more alone. Malformed
 * ones run last, one by one. If a server limits requests, the run waits for the time that it asks for, or stops. If it
 * no longer serves, that becomes the finding.
 *
 * @returns Reports by name, in the order of `selected`
 * @throws The error of `onProgress`, once all experiments have ended
 */
export async function runExperiments(
  site: Site,
  selected: readonly Selected[],
  options: RunOptions = {},
): Promise<Record<string, ExperimentReport>> {
  return await new Run(site, options).run(selected);
}

class Run {
  readonly #site: Site;
  readonly #options: RunOptions;
  readonly #callbacks = new RunCallbacks();
  readonly #record = new RunRecord();
  readonly #service: ServiceState;
  #pace: Pace;

  constructor(site: Site, options: RunOptions) {
    this.#site = site;
    this.#options = options;
    this.#service = new ServiceState(site, this.#callbacks.stopped, options.waitForServer ?? true);
    this.#pace = { answerMs: site.answerMs ?? 0, oneAtATime: false };
  }

  async run(selected: readonly Selected[]): Promise<Record<string, ExperimentReport>> {
    for (const { experiment: { name }, skipped } of selected) {
      if (skipped !== undefined) this.#record.skip(name, skipped);
    }
    await this.#service.heed();
    const { connections = MOST_CONNECTIONS } = this.#options;
    const all = selected.filter(({ skipped }) => skipped === undefined).map(({ experiment }) => experiment);
    const harmless = all.filter(isHarmless);
    const odd = all.filter((experiment) => !isHarmless(experiment));
    if (harmless.length > 1 && connections > CONNECTIONS_OF_ONE && !this.#service.halt) {
      this.#pace = await measurePace(this.#service.site);
      await this.#service.heed();
    }
    await this.#runHarmless(harmless, odd, this.#pace.oneAtATime ? 1 : connections);
    // Any status except 429 may refuse oversized and malformed requests.
    this.#service.beginOdd();
    for (const experiment of odd) await this.#runAlone(experiment);
    this.#callbacks.throwFailure();
    return this.#record.reports(selected.map(({ experiment: { name } }) => name), this.#service);
  }

  /** Runs ordinary experiments side by side, and repeats doubtful ones alone. */
  async #runHarmless(
    harmless: readonly Experiment[],
    odd: readonly Experiment[],
    connections: number,
  ): Promise<void> {
    const phases = phasesOf(harmless, connections);
    const longest = phases.map(({ phase }) => estimateSideBySide(phase.map(this.#asJob), connections));
    this.#estimate([...longest, this.#sum(odd)], { experiments: [...harmless, ...odd] });
    for (const { phase } of phases) {
      await runSideBySide(phase.map(this.#asJob), connections);
      await this.#service.heed();
    }
    if (harmless.length > 0) await this.#judgeService(harmless);
    const doubtful = harmless.filter((experiment) => this.#isDoubtful(experiment));
    if (doubtful.length > 0) {
      this.#estimate([this.#sum(doubtful), this.#sum(odd)], {
        experiments: [...doubtful, ...odd],
        repeated: doubtful,
      });
    }
    for (const experiment of doubtful) await this.#runAlone(experiment);
  }

  readonly #asJob = (experiment: Experiment): Job => ({
    connections: experiment.connections(this.#site.settings),
    atMost: longestOf(experiment, this.#site.settings, this.#pace),
    run: () => this.#runOne(experiment, this.#pace.oneAtATime),
  });

  /** Estimates the milliseconds for experiments that run one after the other. */
  #sum(experiments: readonly Experiment[]): number {
    const { settings } = this.#site;
    return experiments.reduce((sum, experiment) => sum + longestOf(experiment, settings, this.#pace), 0);
  }

  #estimate(
    parts: readonly number[],
    { experiments, repeated = [] }: {
      readonly experiments: readonly Experiment[];
      readonly repeated?: readonly Experiment[];
    },
  ): void {
    const { endsAt = Infinity, onEstimate } = this.#options;
    const longest = parts.reduce((sum, part) => sum + part, 0);
    this.#callbacks.call(() =>
      onEstimate?.({
        ...this.#pace,
        atMost: Math.min(longest, Math.max(0, endsAt - performance.now())),
        experiments: experiments.map(({ name }) => name),
        repeated: repeated.map(({ name }) => name),
      })
    );
  }

  /** Runs an experiment alone, and repeats it if a limit or an outage interfered. */
  async #runAlone(experiment: Experiment): Promise<void> {
    const { name } = experiment;
    const before = this.#record.get(name);
    // If the run is over, the recorded reason is the best one.
    if (before?.gaveUp && this.#site.signal?.aborted) return;
    // A conclusive experiment ran as usual: the number of connections was no problem for it.
    const solo = !before || before.gaveUp || before.cutShort;
    await this.#runOne(experiment, solo);
    await this.#service.heed();
    const finished = this.#record.get(name);
    if (finished?.cutShort) {
      await this.#runOne(experiment, true);
      return await this.#service.heed();
    }
    if (before?.unsteady && finished && !finished.gaveUp) await this.#confirm(experiment, before, finished);
    if (!finished?.gaveUp && !finished?.unavailable.any) {
      // A defence that blocks this client after odd requests must not look like a refusal of the next ones.
      if (this.#service.odd && await this.#service.checkShutOut()) this.#record.forget(name);
      return;
    }
    const service = await this.#judgeService([experiment]);
    if (service && service.up && service.failures > 0) await this.#runOne(experiment, true);
  }

  /** Runs a third time: if connections gave different results at first, chance may have hidden that the second time. */
  async #confirm(
    experiment: Experiment,
    first: FinishedExperiment,
    second: FinishedExperiment,
  ): Promise<void> {
    await this.#runOne(experiment, true);
    await this.#service.heed();
    const third = this.#record.get(experiment.name);
    if (third && !third.cutShort && third.report.outcome !== second.report.outcome) {
      this.#record.finish(experiment.name, first);
    }
  }

  async #runOne(experiment: Experiment, solo: boolean): Promise<void> {
    const { name } = experiment;
    // A server that should be left alone gets no more requests.
    if (this.#service.isOff) return;
    const { onProgress, onExchanges } = this.#options;
    const atMost = longestOf(experiment, this.#site.settings, { ...this.#pace, oneAtATime: solo });
    this.#callbacks.call(() => onProgress?.({ experiment: name, state: "started", atMost }));
    this.#record.start(name);
    const exchanges = onExchanges && new ExchangeLog();
    const { round } = this.#service;
    const finished = await runExperiment(this.#service.site, experiment, {
      given: this.#record.facts,
      exchanges,
      solo,
      odd: this.#service.odd,
      cutShort: () => round.aborted,
    });
    this.#record.finish(name, finished);
    if (exchanges) onExchanges(name, exchanges.end());
    const { outcome } = finished.report;
    this.#callbacks.call(() => onProgress?.({ experiment: name, state: "done", atMost, outcome }));
  }

  /** Checks whether the server still serves. If not, results that came after its last good answer do not count. */
  async #judgeService(experiments: readonly Experiment[]): Promise<Service | undefined> {
    const service = await this.#service.check();
    const names = experiments.map(({ name }) => name);
    // RFC 9110 §15.6.4: a 503 that passes concerns the load; one that only some requests get concerns those requests.
    if (service?.up && names.some((name) => this.#record.get(name)?.unavailable.ordinary)) {
      this.#service.passedLater = true;
    }
    const shutOut = this.#service.odd && service?.changedTo !== undefined;
    if (!service || service.up && !shutOut) return service;
    this.#record.forgetUnserved(names, shutOut ? -Infinity : service.servedAt);
    return service;
  }

  #isDoubtful(experiment: Experiment): boolean {
    const { name } = experiment;
    const finished = this.#record.get(name);
    if (!finished || finished.gaveUp || finished.cutShort) return true;
    if (this.#record.metOverload(finished, this.#service.passedLater)) return true;
    return this.#record.wasAccompanied(name) &&
      countsAgainstServer(experiment, finished.report, this.#options.behind);
  }
}
