/**
 * `--expect`: the options that a probe needs for it, and the verdict on each result.
 *
 * @module
 */

import type { ExperimentNames } from "../conn/experiment_names.ts";
import { UnknownFactError } from "../expect/syntax_error.ts";
import type { Expectation } from "../expect/parse_expectation.ts";
import type { ProbeOptions } from "../probe/options.ts";
import type { ProbeResult } from "../result.ts";
import { parseUsage, UsageError } from "./usage_error.ts";

/** The expectations of a run. */
export interface Expectations {
  /** The options that make a probe keep everything that the expectations need. */
  readonly options: Pick<ProbeOptions, "keepText" | "keepSha256">;
  /** Reads the facts that the checks of a result need, without blocking the event loop. */
  prepare(result: ProbeResult): Promise<void>;
  /** Adds the checks to a result, and removes a body that was kept only for them. */
  check(result: ProbeResult): ProbeResult;
}

/**
 * Reads the values of `--expect`.
 *
 * @param options `keepText` leaves the body in the result; `subject` is `row` if experiments are added to the result.
 * @throws {UsageError} If an expectation cannot be read, or is about a fact that does not exist.
 */
export async function readExpectations(
  texts: readonly string[],
  options: { keepText: boolean; subject?: "result" | "row" },
): Promise<Expectations> {
  const { keepText, subject = "result" } = options;
  if (texts.length === 0) {
    return {
      options: { keepText },
      prepare: async () => {},
      check: (result) => result,
    };
  }
  const { needsSha256, needsText, prepareChecks, withChecks, withoutText } = await loadExpectations();
  const expectations = await readTexts(texts, subject);
  return {
    options: { keepText: keepText || needsText(expectations), keepSha256: needsSha256(expectations) },
    prepare: (result) => prepareChecks(result, expectations),
    check: (result) => {
      const checked = withChecks(result, expectations);
      return keepText ? checked : withoutText(checked);
    },
  };
}

/** Loads the modules that read and check expectations; a run without any does not need them. */
export async function loadExpectations() {
  const [checks, parser, needs, text] = await Promise.all([
    import("../expect/check_result.ts"),
    import("../expect/parse_expectation.ts"),
    import("../expect/probe_needs.ts"),
    import("../expect/without_text.ts"),
  ]);
  return { ...checks, ...parser, ...needs, ...text };
}

/**
 * Reads expectations. It loads the names of the experiments only if the subject has experiments, or for the
 * error about an unknown fact.
 */
async function readTexts(texts: readonly string[], subject: "result" | "row"): Promise<Expectation[]> {
  const { parseExpectation } = await loadExpectations();
  if (subject === "row") {
    const names = await loadExperimentNames();
    return texts.map((text) => parseFact(() => parseExpectation(text, { subject, names }), "batch"));
  }
  try {
    return texts.map((text) => parseExpectation(text, { subject }));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // With these names, the error can say that the fact belongs to sonde conn. A batch may have no file
    // descriptor left to load them.
    const names = await loadExperimentNames().catch(() => undefined);
    return texts.map((text) => parseFact(() => parseExpectation(text, { subject, names }), "probe"));
  }
}

/**
 * Reads one expectation. If there is no such fact, the error says where all facts are listed.
 *
 * @param command The command whose help lists the facts.
 */
export function parseFact<T>(parse: () => T, command: string): T {
  try {
    return parseUsage(parse, "--expect");
  } catch (error) {
    if (!(error instanceof UsageError && error.cause instanceof UnknownFactError)) throw error;
    throw new UsageError(`${error.message}; sonde ${command} --help lists all facts`, { cause: error });
  }
}

async function loadExperimentNames(): Promise<ExperimentNames> {
  const { experimentNames } = await import("../conn/experiment_names.ts");
  return experimentNames();
}
