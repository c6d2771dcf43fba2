/**
 * Makes the selected experiments and reports on each.
 *
 * @module
 */

import type { ExperimentExchanges, ExperimentReport } from "../result.ts";
import { nameBackends } from "./backends.ts";
import { ExchangeLog } from "./exchanges/exchange_log.ts";
import { longestOf, type Pace } from "./estimate.ts";
import type { Experiment } from "./experiment.ts";
import { measurePace } from "./lab/measure_pace.ts";
import { type Made, runExperiment } from "./run_experiment.ts";
import type { ProfileOptions, ProfileProgress } from "./options.ts";
import { formatLimited, type Limited, limitFacts } from "./rate_limit.ts";
import { estimateSideBySide, type Job, runSideBySide } from "./schedule.ts";
import type { Selected } from "./select.ts";
import type { Service } from "./service_check.ts";
import { type Halt, ServiceState } from "./service_state.ts";
import type { Site } from "./site.ts";
import { isHarmless, MOST_CONNECTIONS, phasesOf } from "./phases.ts";
import { speaksAgainst } from "./speaks_against.ts";

/** With so few connections at a time nothing runs beside an experiment that needs as many. */
const CONNECTIONS_OF_ONE = 2;
/** How experiments are run. */
export interface RunOptions extends Pick<ProfileOptions, "onProgress" | "onEstimate" | "behind"> {
  /**
   * Connections at the same time.
   *
   * @default {4}
   */
  readonly connections?: number | undefined;
  /**
   * Whether to wait where the server asks for it, and for a service that is gone to come back.
   *
   * @default {true}
   */
  readonly patient?: boolean | undefined;
  /** When the time for the whole run is over, by `performance.now()`. */
  readonly endsAt?: number | undefined;
  /** Given the exchanges of each experiment; those of one that is made once more take the place of the first. */
  readonly onExchanges?: ((experiment: string, exchanges: ExperimentExchanges) => void) | undefined;
}

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
  place: Site,
  selected: readonly Selected[],
  options: RunOptions = {},
): Promise<Record<string, ExperimentReport>> {
  return await new Run(place, options).run(selected);
}

class Run {
  readonly #place: Site;
  readonly #options: RunOptions;
  readonly #stop = new AbortController();
  readonly #made = new Map<string, Made>();
  readonly #running = new Set<string>();
  /** Experiments that had others beside them. */
  readonly #beside = new Set<string>();
  #failure: { readonly reason: unknown } | undefined;
  #pace: Pace;
  readonly #service: ServiceState;

  constructor(place: Site, options: RunOptions) {
    this.#place = place;
    this.#options = options;
    this.#service = new ServiceState(place, this.#stop.signal, options.patient ?? true);
    this.#pace = { answerMs: place.answerMs ?? 0, oneAtATime: false };
  }

  async run(selected: readonly Selected[]): Promise<Record<string, ExperimentReport>> {
    for (const { experiment: { name }, skipped } of selected) {
      if (skipped !== undefined) this.#made.set(name, leaveOut("skipped", skipped, {}));
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
    const limit = this.#pace.oneAtATime ? 1 : connections;
    const phases = phasesOf(harmless, limit);
    const longest = phases.map(({ phase }) => estimateSideBySide(phase.map(this.#asJob), limit));
    this.#estimate([...longest, this.#sum(odd)]);
    for (const { phase } of phases) await this.#sideBySide(phase, limit);
    if (harmless.length > 0) await this.#judgeService(harmless);
    const doubtful = harmless.filter((experiment) => this.#isDoubtful(experiment));
    if (doubtful.length > 0) this.#estimate([this.#sum(doubtful), this.#sum(odd)], doubtful);
    for (const experiment of doubtful) await this.#alone(experiment);
    // Oversized and malformed requests may be refused with any status, but for 429.
    this.#service.beginOdd();
    for (const experiment of odd) await this.#alone(experiment);
    if (this.#failure) throw this.#failure.reason;
    const unlike = this.#service.backends.compare();
    const reports = Object.fromEntries(selected.map(({ experiment: { name } }) => {
      const report = this.#report(name);
      const responses = this.#made.get(name)?.responses ?? [];
      return [name, unlike ? nameBackends(report, unlike, responses) : report];
    }));
    return this.#noteService(reports);
  }

  async #sideBySide(experiments: readonly Experiment[], connections: number): Promise<void> {
    await runSideBySide(experiments.map(this.#asJob), connections);
    await this.#service.heed();
  }

  readonly #asJob = (experiment: Experiment): Job => ({
    connections: experiment.connections(this.#place.settings),
    atMost: longestOf(experiment, this.#place.settings, this.#pace),
    run: () => this.#make(experiment, this.#pace.oneAtATime),
  });

  /** Milliseconds for experiments that are made one after the other. */
  #sum(experiments: readonly Experiment[]): number {
    const { settings } = this.#place;
    return experiments.reduce((sum, experiment) => sum + longestOf(experiment, settings, this.#pace), 0);
  }

  #estimate(parts: readonly number[], repeated: readonly Experiment[] = []): void {
    const { endsAt = Infinity } = this.#options;
    const longest = parts.reduce((sum, part) => sum + part, 0);
    this.#call(() =>
      this.#options.onEstimate?.({
        ...this.#pace,
        atMost: Math.min(longest, Math.max(0, endsAt - performance.now())),
        repeated: repeated.map(({ name }) => name),
      })
    );
  }

  /** Makes one with nothing beside it, and once more where a limit or an outage came between. */
  async #alone(experiment: Experiment): Promise<void> {
    const { name } = experiment;
    const before = this.#made.get(name);
    // A run that is over has no better reason than the one that was given.
    if (before?.gaveUp && this.#place.signal?.aborted) return;
    // What has told something once is made as it was: several connections at a time were not too many for it.
    const solo = !before || before.gaveUp || before.cutShort;
    await this.#make(experiment, solo);
    await this.#service.heed();
    const made = this.#made.get(name);
    if (made?.cutShort) {
      await this.#make(experiment, true);
      return await this.#service.heed();
    }
    if (before?.unsteady && made && !made.gaveUp) await this.#confirm(experiment, before, made);
    if (!made?.gaveUp && !made?.unavailable.any) {
      // A defence that shuts this client out after odd requests is not to be taken for a refusal of the next ones.
      if (this.#service.odd && await this.#service.checkShutOut()) this.#made.delete(name);
      return;
    }
    const service = await this.#judgeService([experiment]);
    if (service && service.up && service.failures > 0) await this.#make(experiment, true);
  }

  /** Where connections fared differently at first, chance may have hidden it the second time: a third has to agree. */
  async #confirm(experiment: Experiment, first: Made, second: Made): Promise<void> {
    await this.#make(experiment, true);
    await this.#service.heed();
    const third = this.#made.get(experiment.name);
    if (third && !third.cutShort && third.report.outcome !== second.report.outcome) {
      this.#made.set(experiment.name, first);
    }
  }

  async #make(experiment: Experiment, solo: boolean): Promise<void> {
    const { name } = experiment;
    // Nothing more is asked of a server that is to be left alone.
    if (this.#service.isOff) return;
    const atMost = longestOf(experiment, this.#place.settings, { ...this.#pace, oneAtATime: solo });
    this.#tell({ experiment: name, state: "started", atMost });
    this.#running.add(name);
    if (this.#running.size > 1) { for (const running of this.#running) this.#beside.add(running); }
    const exchanges = this.#options.onExchanges && new ExchangeLog();
    const { round } = this.#service;
    const made = await runExperiment(this.#service.site, experiment, {
      given: this.#knownFacts(),
      exchanges,
      solo,
      odd: this.#service.odd,
      cutShort: () => round.aborted,
    });
    this.#running.delete(name);
    this.#made.set(name, made);
    if (exchanges) this.#options.onExchanges?.(name, exchanges.end());
    this.#tell({ experiment: name, state: "done", atMost, outcome: made.report.outcome });
  }

  /** Asks whether the server still serves; what ended after the last good answer of one that does not is not said. */
  async #judgeService(experiments: readonly Experiment[]): Promise<Service | undefined> {
    const service = await this.#service.check();
    const names = experiments.map(({ name }) => name);
    // RFC 9110 §15.6.4: a 503 that passes is about the load, one that only some requests get is about them.
    if (service?.up && names.some((name) => this.#made.get(name)?.unavailable.ordinary)) {
      this.#service.passedLater = true;
    }
    const shutOut = this.#service.odd && service?.changedTo !== undefined;
    if (!service || service.up && !shutOut) return service;
    for (const name of names) {
      const made = this.#made.get(name);
      if (made && (shutOut || made.gaveUp || made.unavailable.any || made.endedAt > service.servedAt)) {
        this.#made.delete(name);
      }
    }
    return service;
  }

  /** What is about all experiments stands in the facts of the first one that was made. */
  #noteService(reports: Record<string, ExperimentReport>): Record<string, ExperimentReport> {
    const [first] = Object.entries(reports).filter(([, { outcome }]) => outcome !== "skipped");
    if (!first) return reports;
    const [name, report] = first;
    return { ...reports, [name]: { ...report, facts: { ...report.facts, ...this.#service.facts } } };
  }

  #isDoubtful(experiment: Experiment): boolean {
    const { name } = experiment;
    const made = this.#made.get(name);
    if (!made || made.gaveUp || made.cutShort || this.#isUnavailable(made)) return true;
    return this.#beside.has(name) && speaksAgainst(experiment, made.report, this.#options.behind);
  }

  #isUnavailable({ unavailable }: Made): boolean {
    return unavailable.ordinary || (unavailable.any && this.#service.passedLater);
  }

  #report(name: string): ExperimentReport {
    const made = this.#made.get(name);
    if (made && !made.cutShort && !this.#isUnavailable(made)) return made.report;
    const limited: Limited = { status: 503 };
    const unavailable: Halt = { why: formatLimited(limited), facts: limitFacts(limited) };
    const { why, facts } = this.#service.halt ?? (made ? unavailable : { why: "interrupted", facts: {} });
    return {
      ...(made ?? leaveOut("unknown", "", {})).report,
      outcome: "unknown",
      summary: `could not tell: ${why}`,
      facts: { ...facts, answeredBy: made?.report.facts["answeredBy"] ?? [] },
    };
  }

  /** What earlier experiments found, as `idle-timeout.seconds`. */
  #knownFacts(): Map<string, unknown> {
    const facts = new Map<string, unknown>();
    for (const [name, { report }] of this.#made) {
      for (const [fact, value] of Object.entries(report.facts)) facts.set(`${name}.${fact}`, value);
    }
    return facts;
  }

  #tell(progress: ProfileProgress): void {
    this.#call(() => this.#options.onProgress?.(progress));
  }

  /** What a callback throws is the caller's; it must not leave experiments behind that go on by themselves. */
  #call(callback: () => void): void {
    if (this.#failure) return;
    try {
      callback();
    } catch (reason) {
      this.#failure = { reason };
      this.#stop.abort();
    }
  }
}

/** The report on an experiment that was not made. */
function leaveOut(outcome: string, summary: string, facts: Record<string, unknown>): Made {
  return {
    report: { outcome, summary, facts, evidence: [], ms: 0 },
    gaveUp: false,
    endedAt: 0,
    unsteady: false,
    cutShort: false,
    responses: [],
    unavailable: { any: false, ordinary: false },
  };
}
