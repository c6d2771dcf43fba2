/**
 * Finds different servers behind one address.
 *
 * @module
 */

import type { ExperimentReport } from "../../result.ts";
import type { RunFinding } from "./run_findings.ts";

/** Maximum values to show of each trait. */
const SHOWN = 4;

/** Finds differences between answers to the same request in the facts of the experiments. */
export function findUnlikeBackends(
  experiments: Readonly<Record<string, ExperimentReport>>,
): RunFinding | undefined {
  const all = Object.entries(experiments).flatMap(([name, { facts }]) => {
    const { differing = {}, answered = [] } = (facts.backends ?? {}) as Partial<Backends>;
    return Object.keys(differing).length > 0 ? [{ name, differing, answered }] : [];
  });
  // A request that several servers answered shows the difference best.
  const [best] = all.toSorted((a, b) => b.answered.length - a.answered.length);
  if (!best) return undefined;
  const words = Object.entries(best.differing).map(([trait, values]) => {
    if (trait === "fields") return `fields (${differenceOf(values)})`;
    const more = values.length > SHOWN ? ` or ${values.length - SHOWN} more` : "";
    return `${trait} (${values.slice(0, SHOWN).join(" or ")}${more})`;
  });
  return {
    code: "backends-differ",
    severity: "warning",
    experiment: best.name,
    message: `answers to the same request at the same address differ in ${words.join(", ")}`,
    advice:
      "give the servers behind the address the same configuration, or examine each at its own address: what a client sees depends on the server that answers. During a rollout, examine the address again afterwards",
  };
}

interface Backends {
  readonly differing: Readonly<Record<string, readonly string[]>>;
  readonly answered: readonly string[];
}

/** Gives the names that are not in all lists. */
function differenceOf(lists: readonly string[]): string {
  const sets = lists.map((list) => new Set(list.split(" ")));
  const names = [...new Set(sets.flatMap((set) => [...set]))];
  return names.filter((name) => name !== "" && !sets.every((set) => set.has(name))).join(", ");
}
