/**
 * The facts that expectations can be about, for the help of the commands that have `--expect`.
 *
 * @module
 */

import { experimentNames } from "../conn/experiment_names.ts";
import { type ExpectationSubject, listFacts } from "../expect/resolve_fact.ts";
import type { HelpRow } from "./command.ts";

/** Lists the facts, those that begin alike in one row. */
export function describeFacts(subject: ExpectationSubject): Record<string, HelpRow[]> {
  const groups = new Map<string, string[]>();
  for (const fact of listFacts([], subject, experimentNames())) {
    const [root, rest = ""] = splitFact(fact);
    const members = groups.get(root) ?? [];
    if (rest !== "") members.push(rest);
    groups.set(root, members);
  }
  const alone = [...groups].filter(([, members]) => members.length === 0).map(([root]) => root);
  const rows = [...groups].filter(([, members]) => members.length > 0)
    .map(([root, members]): HelpRow => [`${root}.…`, members.join(", ")]);
  return { "Facts for -e": [["FACT", alone.join(", ")], ...rows] };
}

/** Splits `certificate.earliest.url` after its first name, and `tries[N].error.kind` after its index. */
function splitFact(fact: string): [root: string, rest: string | undefined] {
  const [, root = fact, rest] = /^([^.[]+(?:\[N\])?)\.(.+)$/.exec(fact) ?? [];
  return [root, rest];
}
