/**
 * Makes facts about header fields.
 *
 * @module
 */

import type { HeaderField } from "../result.ts";
import { type Fact, fact, type Found, several } from "./fact.ts";
import type { Step } from "./path.ts";

/**
 * Makes the fact of a header field, in any case: all of its lines with `NAME`, one line with `NAME[N]`.
 *
 * @param read Gives the fields; `undefined` if no head was read
 * @returns `undefined` if the steps are not a name with an optional index
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

/** Decodes a value that has one code unit per octet. If the octets are UTF-8, the user wrote UTF-8 in the expectation too. */
function decodeField(value: string): string {
  // deno-lint-ignore no-control-regex -- finds everything but ASCII
  if (!/[^\x00-\x7f]/.test(value)) return value;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(value, (unit) => unit.charCodeAt(0)),
    );
  } catch {
    return value; // Not UTF-8: the octets are compared as they are.
  }
}
