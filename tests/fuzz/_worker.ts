/**
 * Searches for counterexamples in a separate thread, so that an input whose check never ends can be detected.
 *
 * @module
 */

import type { Property } from "./_property.ts";

/** The task of the thread. */
export interface FuzzOrder {
  /** Module that exports `PROPERTIES`. */
  readonly module: string;
  /** Names of properties to try; none for all. */
  readonly only: readonly string[];
  readonly seed: number;
  /** Milliseconds. */
  readonly duration: number;
  /** One number: inputs that were begun since the search that was told last. */
  readonly begun: SharedArrayBuffer;
}

/** A message of the thread. */
export type FuzzReport =
  | { readonly type: "search"; readonly property: string; readonly seed: number }
  | { readonly type: "searched"; readonly property: string; readonly runs: number; readonly applied: number }
  | {
    readonly type: "found";
    readonly property: string;
    readonly seed: number;
    readonly input: unknown;
    readonly error: string;
  }
  | { readonly type: "done" };

/** Inputs of one search, and milliseconds that it may take: every property has its turn often. */
const RUNS = 500;
const TURN = 2000;

/**
 * Searches with every property in turn until the time is over; a property with a counterexample is skipped afterwards.
 */
async function fuzz({ module, only, seed, duration, begun }: FuzzOrder): Promise<void> {
  const { PROPERTIES } = await import(module) as { PROPERTIES: readonly Property[] };
  const counter = new Int32Array(begun);
  const end = performance.now() + duration;
  let left = PROPERTIES.filter(({ name }) => only.length === 0 || only.includes(name));
  for (let turn = 0; left.length > 0; turn++) {
    for (const property of left) {
      const time = Math.min(TURN, end - performance.now());
      if (time <= 0) return tell({ type: "done" });
      const search = { seed: (seed + turn) % 2 ** 31, runs: RUNS, time };
      Atomics.store(counter, 0, 0);
      tell({ type: "search", property: property.name, seed: search.seed });
      const { counterexample, runs, applied } = property.find({
        ...search,
        onInput: () => Atomics.add(counter, 0, 1),
      });
      tell({ type: "searched", property: property.name, runs, applied });
      if (!counterexample) continue;
      const { input, error } = counterexample;
      tell({ type: "found", property: property.name, seed: search.seed, input, error: error.message });
      left = left.filter((each) => each !== property);
    }
  }
  tell({ type: "done" });
}

function tell(report: FuzzReport): void {
  (self as unknown as { postMessage(message: FuzzReport): void }).postMessage(report);
}

self.addEventListener("message", (event) => void fuzz((event as MessageEvent<FuzzOrder>).data));
