/**
 * Gauges, each with the function that reads its value from a result or profile.
 *
 * @module
 */

import type { Labels, Sample } from "./exposition.ts";

/** A gauge that is read from a `Subject`. */
export interface Gauge<Subject> {
  readonly name: string;
  readonly help: string;
  /** Gives no sample if the value is unknown. */
  readonly read: (subject: Subject) => readonly Sample[];
}

const NO_LABELS: Labels = {};

/** Makes a gauge with one value and no labels of its own; for `undefined` it has no sample. */
export function gauge<Subject>(
  name: string,
  help: string,
  read: (subject: Subject) => number | boolean | undefined,
): Gauge<Subject> {
  return {
    name,
    help,
    read: (subject) => {
      const value = read(subject);
      return value === undefined ? [] : [{ labels: NO_LABELS, value: Number(value) }];
    },
  };
}

/** Makes a gauge that is 1 and carries its facts as labels; for `undefined` it has no sample. */
export function info<Subject>(
  name: string,
  help: string,
  read: (subject: Subject) => Labels | undefined,
): Gauge<Subject> {
  return {
    name,
    help,
    read: (subject) => {
      const labels = read(subject);
      return labels === undefined ? [] : [{ labels, value: 1 }];
    },
  };
}
