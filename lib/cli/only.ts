/**
 * `--only`: the checks that a user chooses by name or tag.
 *
 * @module
 */

import { adviseNearest } from "../text/nearest.ts";

/** One value of `--only`. */
export interface WantedChecks {
  /** The value as written: it may be one name that has commas. */
  readonly text: string;
  /** The names and tags that it lists otherwise. */
  readonly words: readonly string[];
}

/** A check, as far as it can be chosen. */
interface Choosable {
  readonly name: string;
  readonly tags: readonly string[];
}

/**
 * Reads names and tags with commas between them; `\,` is a comma that belongs to a name.
 *
 * @throws {SyntaxError} If a name is empty.
 */
export function parseWanted(text: string): WantedChecks {
  const words = (text.match(/(?:\\[^]|[^,\\]|\\$)+|,/g) ?? []).filter((word) => word !== ",")
    .map((word) => word.replace(/\\([,\\])/g, "$1").trim());
  if (words.includes("") || words.length !== text.replace(/\\[^]/g, "").split(",").length) {
    throw new SyntaxError(`Cannot parse list "${text}": write names separated by single commas`);
  }
  return { text, words };
}

/** Chooses the checks with one of the names or tags, or all if nothing is wanted. A whole value comes before its parts. */
export function chooseWanted<Check extends Choosable>(
  wanted: readonly WantedChecks[],
  checks: readonly Check[],
): Check[] {
  if (wanted.length === 0) return [...checks];
  const known = new Set(checks.flatMap(({ name, tags }) => [name, ...tags]));
  const words = new Set(wanted.flatMap(({ text, words }) => known.has(text) ? [text] : words));
  return checks.filter(({ name, tags }) => words.has(name) || tags.some((tag) => words.has(tag)));
}

/** Lists every name and tag that may be wanted. */
export function wantedNames(wanted: readonly WantedChecks[]): string[] {
  return [...new Set(wanted.flatMap(({ text, words }) => [text, ...words]))];
}

/** Explains that no check was chosen. */
export function describeNotFound(wanted: readonly WantedChecks[], checks: readonly Choosable[]): string {
  const known = new Set(checks.flatMap(({ name, tags }) => [name, ...tags]));
  const advice = adviseNearest(wanted[0]?.words[0] ?? "", known);
  const hint = advice === undefined ? "" : `: ${advice}`;
  return `no check has one of the names or tags ${wanted.map(({ text }) => text).join(", ")}${hint}`;
}

/** Explains which names and tags chose no check, one line each: another one chose some, so the run goes on. */
export function describeUnknown(wanted: readonly WantedChecks[], checks: readonly Choosable[]): string[] {
  const known = new Set(checks.flatMap(({ name, tags }) => [name, ...tags]));
  const words = wanted.flatMap(({ text, words }) => known.has(text) ? [] : words);
  return [...new Set(words)].filter((word) => !known.has(word)).map((word) => {
    const advice = adviseNearest(word, known, { onlyNear: true });
    return `--only: no check has the name or tag ${word}${advice === undefined ? "" : `: ${advice}`}`;
  });
}
