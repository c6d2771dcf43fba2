/**
 * Properties that must hold for every input: a claim, its inputs and its check. The normal test run uses a fixed seed,
 * `deno task fuzz` a random one.
 *
 * @module
 */

import fc from "../fast_check.ts";

/** A claim about inputs, which are JSON values, so that a counterexample can be saved in a file and tried again. */
export interface PropertyOptions<Input> {
  /** In lower case with hyphens; `--only` takes it. */
  readonly name: string;
  /** The claim as a sentence: the name of the test. */
  readonly claim: string;
  readonly input: fc.Arbitrary<Input>;
  /** Throws on a counterexample; gives `false` for an input that the claim says nothing about. */
  readonly check: (input: Input) => void | boolean;
  /**
   * Inputs of the normal test run.
   *
   * @default 300
   */
  readonly runs?: number;
  /** For an input of octets, the fields of a row of `tests/http/vectors/`. */
  readonly row?: (input: Input) => Readonly<Record<string, unknown>>;
}

/** Bounds of a search. */
export interface SearchOptions {
  readonly seed: number;
  readonly runs: number;
  /** Milliseconds for trying inputs, and the same again for shrinking a counterexample. */
  readonly time?: number;
  /** Called before each input is checked. */
  readonly onInput?: () => void;
}

/** The outcome of a search. */
export interface Search {
  /** Inputs that were checked, without those of shrinking. */
  readonly runs: number;
  /** Number of inputs to which the claim applies. */
  readonly applied: number;
  readonly counterexample?: { readonly input: unknown; readonly error: Error };
}

/** A property that hides the type of its inputs. */
export interface Property extends Pick<PropertyOptions<never>, "name" | "claim"> {
  readonly runs: number;
  /** Looks for a counterexample, and shrinks it. */
  find(options: SearchOptions): Search;
  /** Gives the input that a search with the same seed checks at an index. */
  inputAt(seed: number, index: number): unknown;
  /** Checks one input again, as it was saved. */
  replay(input: unknown): Error | undefined;
  rowOf(input: unknown): Readonly<Record<string, unknown>> | undefined;
}

/** Makes a property. */
export function defineProperty<Input>(options: PropertyOptions<Input>): Property {
  const { name, claim, input: arbitrary, check, runs = 300, row } = options;
  return {
    name,
    claim,
    runs,
    find: (search) => findCounterexample(arbitrary, check, search),
    inputAt: (seed, index) => {
      let count = 0;
      const stop = fc.property(arbitrary, () => count++ < index);
      return fc.check(stop, { seed, numRuns: index + 1, endOnFailure: true }).counterexample?.[0];
    },
    replay: (input) => {
      try {
        check(input as Input);
        return undefined;
      } catch (error) {
        return asError(error);
      }
    },
    rowOf: (input) => row?.(input as Input),
  };
}

function findCounterexample<Input>(
  arbitrary: fc.Arbitrary<Input>,
  check: PropertyOptions<Input>["check"],
  { seed, runs, time, onInput }: SearchOptions,
): Search {
  let applied = 0;
  const property = fc.property(arbitrary, (input) => {
    onInput?.();
    if (check(input) !== false) applied++;
  });
  const limits = time === undefined ? {} : { interruptAfterTimeLimit: time };
  const found = fc.check(property, { seed, numRuns: runs, endOnFailure: true, ...limits });
  const search = { runs: found.numRuns, applied };
  if (!found.failed || found.counterexamplePath === null) return search;
  const shrunk = fc.check(property, { seed, numRuns: runs, path: found.counterexamplePath, ...limits });
  const { counterexample, errorInstance } = shrunk.counterexample === null ? found : shrunk;
  return { ...search, counterexample: { input: counterexample![0], error: asError(errorInstance) } };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
