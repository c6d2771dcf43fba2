/**
 * `--expect` of `sonde show`: judges saved rows anew.
 *
 * @module
 */

import type { Expectation } from "../../../expect/parse_expectation.ts";
import type { Check, ConnectionProfile, ProbeError, ProbeResult } from "../../../result.ts";
import type { SavedRow } from "../../saved/read_rows.ts";
import { parseFact } from "../../expectations.ts";

/** Replaces the checks of a row. */
export type Judge = (saved: SavedRow) => SavedRow;

/**
 * Reads the values of `--expect`. Without any, each row keeps its verdict.
 *
 * @param kind The kind of the rows
 * @throws {UsageError} If an expectation cannot be read, or is about a fact that no such row has
 */
export async function readJudge(texts: readonly string[], kind: SavedRow["kind"]): Promise<Judge> {
  if (texts.length === 0) return (saved) => saved;
  const [{ parseExpectation }, { experimentNames }, { checkResult }, { checkProfile }, saved] = await Promise
    .all([
      import("../../../expect/parse_expectation.ts"),
      import("../../../conn/experiment_names.ts"),
      import("../../../expect/check_result.ts"),
      import("../../../expect/check_profile.ts"),
      import("../../../expect/saved_facts.ts"),
    ]);
  const names = experimentNames();
  const subject = kind === "result" ? "row" : "profile";
  const expectations = texts.map((text) =>
    parseFact(() => parseExpectation(text, { subject, names }), subject === "row" ? "show" : "conn")
  );
  return ({ kind, row }) => {
    if (kind === "profile") {
      const missing = (it: Expectation) => saved.missingInProfile(row, it);
      return { kind, row: withVerdict(row, checkProfile(row, expectations), expectations.map(missing)) };
    }
    // The outcome of the check of a watch follows from other expectations.
    const { check: _, ...result } = row;
    const missing = (it: Expectation) => saved.missingInResult(result, it);
    return { kind, row: withVerdict(result, checkResult(result, expectations), expectations.map(missing)) };
  };
}

/**
 * Adds checks to a row. If the row lacks a fact, and nothing else makes it fail, it has no verdict: it counts as not
 * measured.
 */
function withVerdict<Row extends ProbeResult | ConnectionProfile>(
  row: Row,
  checks: readonly Check[],
  missing: readonly (string | undefined)[],
): Row {
  const told = checks.map((check, index): Check => {
    const reason = missing[index];
    return reason === undefined ? check : { expect: check.expect, ok: false, actual: undefined, reason };
  });
  const failed = row.error !== undefined || told.some(({ ok }, index) => !ok && missing[index] === undefined);
  const at = missing.findIndex((reason) => reason !== undefined);
  const judged = { ...row, ok: !failed && at === -1, checks: told };
  return failed || at === -1 ? judged : { ...judged, error: sayMissing(told[at]!) };
}

function sayMissing({ reason }: Check): ProbeError {
  return { kind: "usage", phase: "body", by: "local", message: `Cannot check the expectations: ${reason}` };
}
