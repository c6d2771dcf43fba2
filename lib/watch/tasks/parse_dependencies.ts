/**
 * Reads the names of the checks on which a check depends.
 *
 * @module
 */

import { adviseNearest } from "../../text/nearest.ts";
import { asShownText, type Entry, type EntryReader } from "./entry_reader.ts";
import type { Task } from "./task.ts";

/** Reads `dependsOn`: a name, or a list of names. */
export function parseDependencies(reader: EntryReader): string[] {
  const names = typeof reader.written("dependsOn") === "string"
    ? reader.read("dependsOn", (value) => [asShownText(value)])
    : reader.list("dependsOn", asShownText);
  return [...new Set(names)];
}

/**
 * Takes the name of a check out of the dependencies that it inherits: defaults may name a check that has no `dependsOn`
 * of its own.
 */
export function ownDependencies({ name, dependsOn }: Task, entry: unknown): readonly string[] {
  return "dependsOn" in (entry as Entry) ? dependsOn : dependsOn.filter((other) => other !== name);
}

/** Reports names that no check has, checks that depend on themselves, and circles. */
export function refuseBadDependencies(tasks: readonly Task[], problems: string[]): void {
  const needs = new Map(tasks.map(({ name, dependsOn }) => [name, dependsOn]));
  const before = problems.length;
  for (const [index, { name, dependsOn }] of tasks.entries()) {
    for (const other of dependsOn) {
      const cause = other === name ? "it depends on itself" : describeUnknown(other, needs);
      if (cause !== undefined) problems.push(`check ${index + 1} (${name}): dependsOn: ${cause}`);
    }
  }
  if (problems.length > before) return;
  const circle = findCircle(needs);
  if (circle === undefined) return;
  const index = tasks.findIndex(({ name }) => name === circle[0]);
  problems.push(
    `check ${index + 1} (${circle[0]}): dependsOn: the checks depend on each other: ${circle.join(" → ")}`,
  );
}

function describeUnknown(name: string, needs: ReadonlyMap<string, unknown>): string | undefined {
  if (needs.has(name)) return undefined;
  const advice = adviseNearest(name, needs.keys(), { write: JSON.stringify });
  return `no check is named ${JSON.stringify(name)}; ${advice}`;
}

/** Finds checks that depend on each other; the last name is the first one again. */
function findCircle(needs: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const known = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    const start = path.indexOf(name);
    if (start >= 0) return [...path.slice(start), name];
    if (known.has(name)) return undefined;
    for (const other of needs.get(name) ?? []) {
      const circle = visit(other, [...path, name]);
      if (circle !== undefined) return circle;
    }
    known.add(name);
    return undefined;
  };
  for (const name of needs.keys()) {
    const circle = visit(name, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
