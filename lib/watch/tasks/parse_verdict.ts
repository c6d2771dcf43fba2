/**
 * Reads the keys of a check that decide the verdict of a run.
 *
 * @module
 */

import type { Expectation } from "../../expect/parse_expectation.ts";
import { factAfterHead } from "../../expect/probe_needs.ts";
import type { CheckPredicate } from "./check_definition.ts";
import { asShownText, type EntryReader } from "./entry_reader.ts";
import { describeValue } from "./entry_values.ts";
import { parseCheckExpectation, parseConn } from "./parse_conn.ts";
import type { Task } from "./task.ts";

/** The expectation of a check that has none of its own. */
const DEFAULT_EXPECTATIONS = ["status < 400"];

/** The parts of a task that decide the verdict of a run. */
export type VerdictKeys = Pick<Task, "expectations" | "degraded" | "predicates" | "judge" | "conn">;

/** Reads expectations and predicates. */
export function parseVerdict(reader: EntryReader): VerdictKeys {
  const conn = parseConn(reader);
  const judge = reader.read("judge", asJudge) ?? "whole";
  if (conn !== undefined && judge === "head") {
    reader.report("conn", 'it contradicts judge: "head", because experiments need answers that end');
  }
  const readExpectation = (value: unknown): Expectation =>
    refuseContent(parseCheckExpectation(asShownText(value), conn), judge);
  const predicates = reader.record("test", asPredicate) ?? [];
  const given = reader.list("expect", readExpectation);
  return {
    expectations: given ?? (predicates.length > 0 ? [] : DEFAULT_EXPECTATIONS.map(readExpectation)),
    degraded: reader.list("degraded", readExpectation) ?? [],
    predicates,
    judge,
    conn,
  };
}

function asJudge(value: unknown): Task["judge"] {
  if (value === "whole" || value === "head") return value;
  throw new TypeError(`expected "whole" or "head", not ${describeValue(value)}`);
}

/** @throws {TypeError} If an expectation is about the content, which is not read */
function refuseContent(expectation: Expectation, judge: Task["judge"]): Expectation {
  const fact = judge === "head" ? factAfterHead(expectation) : undefined;
  if (fact === undefined) return expectation;
  throw new TypeError(`${fact} is known only after the content, but judge is "head"`);
}

function asPredicate(value: unknown): CheckPredicate {
  if (typeof value === "function") return value as CheckPredicate;
  throw new TypeError("expected a function");
}
