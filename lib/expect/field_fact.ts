/**
 * Facts of field lines, by the name of the field.
 *
 * @module
 */

import type { HeaderField } from "../result.ts";
import { type Fact, fact, type Found, several } from "./fact.ts";
import type { Step } from "./path.ts";

/**
 * All lines of a field, whatever its case, or the one at an index: `NAME`, `NAME[N]`.
 *
 * @param read Gives the fields; `undefined` where none were read.
 * @returns `undefined` if the steps are no name with an index or without.
 */
export function fieldFact<Subject>(
  read: (subject: Subject) => readonly HeaderField[] | undefined,
  steps: readonly Step[],
): Fact<Subject> | undefined {
  const [name, index] = steps.map((step) => step.name);
  if (typeof name !== "string" || steps.length > 2) return undefined;
  if (index !== undefined && typeof index !== "number") return undefined;
  return fact("text", (subject) => linesOf(read(subject), name, index), { numeric: true });
}

function linesOf(fields: readonly HeaderField[] | undefined, name: string, index: number | undefined): Found {
  if (fields === undefined) return undefined;
  const wanted = name.toLowerCase();
  const lines = fields.filter(([it]) => it.toLowerCase() === wanted).map(([, value]) => decodeField(value));
  return index === undefined ? several(lines) : lines.at(index) ?? null;
}

/** One code unit per octet: where they are UTF-8, that is what the user wrote in the expectation too. */
function decodeField(value: string): string {
  // deno-lint-ignore no-control-regex -- everything but ASCII
  if (!/[^\x00-\x7f]/.test(value)) return value;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(value, (unit) => unit.charCodeAt(0)),
    );
  } catch {
    return value; // Not UTF-8: the octets are compared as they are.
  }
}
