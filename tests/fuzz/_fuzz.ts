/**
 * Runs the searches, and ends them when one hangs.
 *
 * @module
 */

import type { Counterexample } from "./_counterexample.ts";
import type { Property } from "./_property.ts";
import type { FuzzOrder, FuzzReport } from "./_worker.ts";

/** Options of a fuzzing run. */
export interface FuzzOptions {
  /** Module that exports `properties` as `PROPERTIES`. */
  readonly module: string;
  readonly properties: readonly Property[];
  readonly only: readonly string[];
  readonly seed: number;
  /** Duration of the run in milliseconds. */
  readonly duration: number;
  /** Milliseconds that one input may take. */
  readonly patience: number;
  /** Called immediately with every counterexample. */
  readonly onFound: (found: Counterexample) => Promise<void>;
  readonly onProgress: (text: string) => Promise<void>;
}

/** The number of inputs that were tried. */
export interface FuzzSummary {
  /** Inputs of each property, and how many of them it says something about. */
  readonly tried: ReadonlyMap<string, { readonly runs: number; readonly applied: number }>;
  readonly found: number;
}

/** Searches for counterexamples until the time is over or a check hangs. */
export async function fuzz(options: FuzzOptions): Promise<FuzzSummary> {
  const { module, properties, only, seed, duration, patience, onFound, onProgress } = options;
  const tried = new Map<string, { runs: number; applied: number }>();
  const begun = new SharedArrayBuffer(4);
  const claimOf = (name: string): string => properties.find((each) => each.name === name)?.claim ?? name;
  let [found, current, currentSeed] = [0, "", seed];
  using reports = new WorkerReports(begun, patience);
  reports.start({ module, only, seed, duration, begun });
  for await (const report of reports.read()) {
    switch (report.type) {
      case "search":
        [current, currentSeed] = [report.property, report.seed];
        await onProgress(`${report.property} from seed ${report.seed}, ${found} counterexamples`);
        break;
      case "searched": {
        const before = tried.get(report.property) ?? { runs: 0, applied: 0 };
        tried.set(report.property, {
          runs: before.runs + report.runs,
          applied: before.applied + report.applied,
        });
        break;
      }
      case "found": {
        const { property, seed, input, error } = report;
        found++;
        await onFound({ property, claim: claimOf(property), seed, error, input });
        break;
      }
      case "stuck": {
        found++;
        const input = properties.find(({ name }) => name === current)?.inputAt(currentSeed, report.index);
        const error = `It did not come to an end within ${patience} ms (not shrunk)`;
        await onFound({ property: current, claim: claimOf(current), seed: currentSeed, error, input });
        return { tried, found };
      }
      case "done":
        return { tried, found };
    }
  }
  return { tried, found };
}

/** The messages of a thread, and whether it is stuck. */
class WorkerReports {
  readonly #worker = new Worker(new URL("./_worker.ts", import.meta.url), { type: "module" });
  readonly #counter: Int32Array;
  readonly #patience: number;
  readonly #pending: FuzzReport[] = [];
  #wake: () => void = () => {};
  #error: Error | undefined;

  constructor(begun: SharedArrayBuffer, patience: number) {
    this.#counter = new Int32Array(begun);
    this.#patience = patience;
    this.#worker.onmessage = ({ data }: MessageEvent<FuzzReport>) => {
      this.#pending.push(data);
      this.#wake();
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#error = new Error(`Cannot fuzz: ${event.message}`);
      this.#wake();
    };
  }

  start(order: FuzzOrder): void {
    this.#worker.postMessage(order);
  }

  /** Gives messages as they arrive, and `stuck` with the index of the input once nothing moves. */
  async *read(): AsyncGenerator<FuzzReport | { readonly type: "stuck"; readonly index: number }> {
    while (true) {
      const before = Atomics.load(this.#counter, 0);
      const report = this.#pending.shift() ?? await this.#next();
      if (report) yield report;
      else if (before > 0 && before === Atomics.load(this.#counter, 0)) {
        yield { type: "stuck", index: before - 1 };
      }
    }
  }

  async #next(): Promise<FuzzReport | undefined> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(resolve, this.#patience);
    await promise;
    clearTimeout(timer);
    if (this.#error) throw this.#error;
    return this.#pending.shift();
  }

  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}
