/**
 * Saves counterexamples as files, reads them, and formats them as test rows.
 *
 * @module
 */

import { stableId } from "../../lib/batch/stable_hash.ts";

/** The content of a file. */
export interface Counterexample {
  readonly property: string;
  readonly claim: string;
  /** The seed whose search found it. */
  readonly seed: number;
  readonly error: string;
  readonly input: unknown;
}

/**
 * Saves a counterexample; the same one gets the same name.
 *
 * @param folder Created if it does not exist
 * @returns The path of the file
 */
export async function saveCounterexample(found: Counterexample, folder: string): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const path = `${folder}/${found.property}-${stableId(JSON.stringify(found.input) ?? "").slice(0, 8)}.json`;
  await Deno.writeTextFile(path, `${JSON.stringify(found, null, 2)}\n`);
  return path;
}

/**
 * Reads what {@linkcode saveCounterexample} wrote.
 *
 * @throws {SyntaxError} If the file holds no counterexample
 */
export async function readCounterexample(path: string): Promise<Counterexample> {
  const value: unknown = JSON.parse(await Deno.readTextFile(path));
  if (typeof value !== "object" || value === null || !("property" in value) || !("input" in value)) {
    throw new SyntaxError(`Cannot replay ${path}: it holds no property with an input`);
  }
  return value as Counterexample;
}

/** Formats a counterexample as a line of `_kept.ts`, and as a row of the tables of test vectors if possible. */
export function describeRow(
  { property, input }: Counterexample,
  row: Readonly<Record<string, unknown>> | undefined,
): string {
  const kept = `as a line of tests/fuzz/_kept.ts:\n  [${JSON.stringify(property)}, ${
    JSON.stringify(input)
  }],\n`;
  if (row === undefined) return kept;
  const members = Object.entries({ name: "WHAT IS ODD", ...row })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `${kept}as a row of tests/http/vectors/, with what it must give:\n  { ${members.join(", ")} },\n`;
}
