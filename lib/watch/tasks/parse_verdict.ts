/**
 * Reads the keys of a check that decide the verdict of a run.
 *
 * @module
 */

import { type Expectation, parseExpectation } from "../../expect/parse_expectation.ts";
import type { CheckPredicate } from "./check_definition.ts";
import { asShownText, type EntryReader } from "./entry_reader.ts";
import type { Task } from "./task.ts";

/** The expectation of a check that has none of its own. */
const DEFAULT_EXPECTATIONS = ["status < 400"];

/** Reads expectations and predicates. */
export function parseVerdict(reader: EntryReader): Pick<Task, "expectations" | "degraded" | "predicates"> {
  const predicates = reader.record("test", asPredicate) ?? [];
  const given = reader.list("expect", readExpectation);
  return {
    expectations: given ?? (predicates.length > 0 ? [] : DEFAULT_EXPECTATIONS.map(readExpectation)),
    degraded: reader.list("degraded", readExpectation) ?? [],
    predicates,
  };
}

function readExpectation(value: unknown): Expectation {
  return parseExpectation(asShownText(value), { subject: "result", brief: true });
}

function asPredicate(value: unknown): CheckPredicate {
  if (typeof value === "function") return value as CheckPredicate;
  throw new TypeError("expected a function");
}
