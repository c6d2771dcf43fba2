/**
 * Makes facts about the findings of a connection profile.
 *
 * @module
 */

import type { ConnectionProfile, Finding } from "../result.ts";
import { type ElementFacts, elementFacts } from "./element_facts.ts";
import { type Fact, fact, type FactTable } from "./fact.ts";
import { EVERY, type Step } from "./path.ts";

const FINDING: FactTable<Finding> = {
  "code": fact("text", ({ code }) => code),
  "severity": fact("text", ({ severity }) => severity),
  "experiment": fact("text", ({ experiment }) => experiment),
  "message": fact("text", ({ message }) => message),
  "advice": fact("text", ({ advice }) => advice),
};

/** Facts about the findings of a profile by index. */
export const FINDINGS: ElementFacts<ConnectionProfile> = elementFacts(
  ({ findings, error }) => findings.length > 0 || error === undefined ? findings : undefined,
  FINDING,
);

/** Makes the fact that counts the findings with a severity or code, or a fact about every one of them. */
export function findingFact(group: string, path: readonly Step[]): Fact<ConnectionProfile> | undefined {
  const chosen = ({ findings, error }: ConnectionProfile) => {
    const found = findings.filter((it) => it.code === group || it.severity === group);
    return found.length > 0 || error === undefined ? found : undefined;
  };
  if (path.length === 0) return fact("count", (profile) => chosen(profile)?.length);
  return elementFacts(chosen, FINDING).resolve([{ name: EVERY, at: path[0]!.at }, ...path]);
}
