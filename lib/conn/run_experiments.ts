/**
 * Makes the selected experiments and reports on each.
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
import { speaksAgainst } from "./speaks_against.ts";

/** With so few connections at a time nothing runs beside an experiment that needs as many. */
const CONNECTIONS_OF_ONE = 2;

/**
 * Makes experiments: ordinary ones side by side, then those that need what others found. One that could not tell, or
 * speaks against the server and had others beside it, is made once more alone; malformed ones are made last, one by one.
 * A server that limits requests is given the time that it asks for, or left alone; one that no longer serves is the
 * finding.
 *
 * @returns Reports by name, in the order of `selected`
 * @throws Whatever `onProgress` throws, once all experiments have ended
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
    // Oversized and malformed requests may be refused with any status, but for 429.
    this.#service.beginOdd();
    for (const experiment of odd) await this.#runAlone(experiment);
    this.#callbacks.throwFailure();
    return this.#record.reports(selected.map(({ experiment: { name } }) => name), this.#service);
  }

  /** Runs ordinary experiments side by side, and those that are in doubt once more alone. */
  async #runHarmless(
    harmless: readonly Experiment[],
    odd: readonly Experiment[],
    connections: number,
  ): Promise<void> {
    const phases = phasesOf(harmless, connections);
    const longest = phases.map(({ phase }) => estimateSideBySide(phase.map(this.#asJob), connections));
    this.#estimate([...longest, this.#sum(odd)]);
    for (const { phase } of phases) {
      await runSideBySide(phase.map(this.#asJob), connections);
      await this.#service.heed();
    }
    if (harmless.length > 0) await this.#judgeService(harmless);
    const doubtful = harmless.filter((experiment) => this.#isDoubtful(experiment));
    if (doubtful.length > 0) this.#estimate([this.#sum(doubtful), this.#sum(odd)], doubtful);
    for (const experiment of doubtful) await this.#runAlone(experiment);
  }

  readonly #asJob = (experiment: Experiment): Job => ({
    connections: experiment.connections(this.#site.settings),
    atMost: longestOf(experiment, this.#site.settings, this.#pace),
    run: () => this.#runOne(experiment, this.#pace.oneAtATime),
  });

  /** Milliseconds for experiments that run one after the other. */
  #sum(experiments: readonly Experiment[]): number {
    const { settings } = this.#site;
    return experiments.reduce((sum, experiment) => sum + longestOf(experiment, settings, this.#pace), 0);
  }

  #estimate(parts: readonly number[], repeated: readonly Experiment[] = []): void {
    const { endsAt = Infinity, onEstimate } = this.#options;
    const longest = parts.reduce((sum, part) => sum + part, 0);
    this.#callbacks.call(() =>
      onEstimate?.({
        ...this.#pace,
        atMost: Math.min(longest, Math.max(0, endsAt - performance.now())),
        repeated: repeated.map(({ name }) => name),
      })
    );
  }

  /** Runs an experiment with nothing beside it, and once more where a limit or an outage came between. */
  async #runAlone(experiment: Experiment): Promise<void> {
    const { name } = experiment;
    const before = this.#record.get(name);
    // A run that is over has no better reason than the one that was given.
    if (before?.gaveUp && this.#site.signal?.aborted) return;
    // What has told something once runs as it did: several connections at a time were not too many for it.
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
      // A defence that shuts this client out after odd requests is not to be taken for a refusal of the next ones.
      if (this.#service.odd && await this.#service.checkShutOut()) this.#record.forget(name);
      return;
    }
    const service = await this.#judgeService([experiment]);
    if (service && service.up && service.failures > 0) await this.#runOne(experiment, true);
  }

  /** Asks a third time: if connections fared differently at first, chance may have hidden it the second time. */
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
    // Nothing more is asked of a server that is to be left alone.
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

  /** Asks whether the server still serves; if not, nothing counts that ended after its last good answer. */
  async #judgeService(experiments: readonly Experiment[]): Promise<Service | undefined> {
    const service = await this.#service.check();
    const names = experiments.map(({ name }) => name);
    // RFC 9110 §15.6.4: a 503 that passes is about the load, one that only some requests get is about them.
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
      speaksAgainst(experiment, finished.report, this.#options.behind);
  }
}
