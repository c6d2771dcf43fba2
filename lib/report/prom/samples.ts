/**
 * Collects samples by metric, because the format requires all samples of one metric in one place.
 *
 * @module
 */

import type { Family, Labels, Sample } from "./exposition.ts";
import type { Gauge } from "./gauge.ts";

/** The samples of one metric. The labels of a target are kept once for all metrics. */
class FamilySamples implements Iterable<Sample> {
  readonly #targets: readonly Labels[];
  /** For each sample the index of its target, its value, and the labels that it has besides those of its target. */
  readonly #places: number[] = [];
  readonly #values: number[] = [];
  readonly #labels: Labels[] = [];

  constructor(targets: readonly Labels[]) {
    this.#targets = targets;
  }

  get length(): number {
    return this.#places.length;
  }

  add(place: number, { labels, value }: Sample): void {
    this.#places.push(place);
    this.#values.push(value);
    this.#labels.push(labels);
  }

  *[Symbol.iterator](): Generator<Sample, void, void> {
    for (const [index, place] of this.#places.entries()) {
      yield {
        labels: { ...this.#targets[place], ...this.#labels[index] },
        value: this.#values[index]!,
      };
    }
  }
}

/** The samples of all metrics. It keeps values, and no subject. */
export class Samples<Subject> {
  readonly #gauges: readonly Gauge<Subject>[];
  readonly #targets: Labels[] = [];
  readonly #families: readonly FamilySamples[];
  readonly #times = new Map<string, number>();

  constructor(gauges: readonly Gauge<Subject>[]) {
    this.#gauges = gauges;
    this.#families = gauges.map(() => new FamilySamples(this.#targets));
  }

  /** Prometheus rejects samples with the same labels, so a repeated target gets a number. */
  add(subject: Subject, identity: Labels): void {
    const key = JSON.stringify(identity);
    const times = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, times);
    const place = this.#targets.push(times === 1 ? identity : { ...identity, request: String(times) }) - 1;
    this.#gauges.forEach(({ read }, index) => {
      for (const sample of read(subject)) this.#families[index]!.add(place, sample);
    });
  }

  /** The metrics with their samples. */
  families(): Family[] {
    return this.#gauges.map(({ name, help }, index) => ({ name, help, samples: this.#families[index]! }));
  }
}
