/**
 * Finds the fact that somebody means who compares a group of facts: `certificate.earliest > 14d`.
 *
 * @module
 */

import type { ExperimentNames } from "../conn/experiment_names.ts";
import { parsePath } from "./path.ts";
import { type ExpectationSubject, listFacts, resolveFact } from "./resolve_fact.ts";
import { ExpectationSyntaxError } from "./syntax_error.ts";
import { parseValue } from "./value.ts";

/** Groups with a shorter name. */
const SHORTER_NAMES: readonly (readonly [name: string, shorter: string])[] = [
  ["tls.certificate", "certificate"],
  ["chain.earliestCertificate", "certificate.earliest"],
];

/**
 * Finds a fact of a group that can be compared with a value: a number if the value is one, otherwise a text.
 *
 * @param name Name of the group, for instance `certificate.earliest`
 * @param value The value as written
 */
export function comparableFact(
  name: string,
  value: string,
  { subject, names }: {
    readonly subject?: ExpectationSubject | undefined;
    readonly names?: ExperimentNames | undefined;
  },
): string | undefined {
  const [, element = "", path = ""] = /^(.*\]\.)?(.*)$/.exec(name)!;
  const group = SHORTER_NAMES.find(([long]) => long === path)?.[1] ?? path;
  const found = listFacts([], subject, names).find((fact) =>
    fact.startsWith(`${group}.`) && !fact.includes("[") && fits(fact, value, names)
  );
  return found === undefined ? undefined : element + found;
}

function fits(name: string, value: string, names: ExperimentNames | undefined): boolean {
  const { result, profile } = resolveFact(parsePath(name, 0).steps, names) ?? {};
  const fact = result ?? profile;
  if (fact === undefined || fact.type === "presence") return false;
  const isNumber = fact.type === "number" || fact.type === "count";
  try {
    const { type } = parseValue(value, 0, fact);
    return /^-?[\d.]/.test(value) ? isNumber && type === "number" : !isNumber;
  } catch (error) {
    if (error instanceof ExpectationSyntaxError) return false;
    throw error;
  }
}
