/**
 * Finds the checks that a choice of checks leaves out but needs.
 *
 * @module
 */

import type { Task } from "./task.ts";

/** Lists the checks on which the chosen ones depend, directly or not, and that are not chosen themselves. */
export function leftOutOf(chosen: readonly Task[], all: readonly Task[]): Task[] {
  const needed = new Set(chosen.map(({ name }) => name));
  const byName = new Map(all.map((task) => [task.name, task]));
  // The set grows while the loop goes on.
  for (const name of needed) for (const other of byName.get(name)?.dependsOn ?? []) needed.add(other);
  return all.filter((task) => needed.has(task.name) && !chosen.includes(task));
}

/** Tells for each check that is left out when it runs nevertheless. */
export function describeLeftOut(chosen: readonly Task[], leftOut: readonly Task[]): string[] {
  return leftOut.map(({ name }) => {
    const needs = [...chosen, ...leftOut].filter(({ dependsOn }) => dependsOn.includes(name));
    const dependants = needs.map((task) => task.name).join(", ");
    const [depend, fail] = needs.length === 1
      ? ["depends", `${dependants} fails`]
      : ["depend", "one of them fails"];
    return `${dependants} ${depend} on ${name}, which --only leaves out: sonde runs ${name} only when ${fail}, and records nothing of it`;
  });
}
