/**
 * Compares the head of an answer to HEAD with that of an answer to GET.
 *
 * @module
 */

import { fieldValues } from "../../http/field_list.ts";
import type { ParsedResponse } from "../../http/response.ts";
import { escapeOctets } from "../../text/escape/text.ts";

/** A field that differs, or the status. */
export interface FieldDifference {
  /** Field name in lower case, or `status`. */
  readonly name: string;
  /** The escaped value; `null` if the field is missing. */
  readonly get: string | null;
  readonly head: string | null;
}

/** Fields that belong to the connection or to the moment, not to the resource. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "date",
  "age",
  "proxy-connection",
]);

/** RFC 9110 §9.3.2: a server may omit these fields if it only knows their value after generating the content. */
const MAY_BE_OMITTED: ReadonlySet<string> = new Set([
  "content-length",
  "transfer-encoding",
  "trailer",
  "content-md5",
  "digest",
  "content-digest",
  "repr-digest",
]);

/**
 * Lists the differences between the answers to HEAD and GET, without fields that change between two GETs.
 *
 * @param get An answer to GET
 * @param again Another answer to GET, or the same one
 * @param octets Length of the content of `get`, in octets
 */
export function compareHeads(
  get: ParsedResponse,
  again: ParsedResponse,
  head: ParsedResponse,
  octets: number,
): FieldDifference[] {
  const differences: FieldDifference[] = [];
  if (get.status !== head.status && get.status === again.status) {
    differences.push({ name: "status", get: String(get.status), head: String(head.status) });
  }
  const names = new Set([...get.headers, ...head.headers].map(([name]) => name.toLowerCase()));
  for (const name of names) {
    if (OF_THE_MOMENT.has(name)) continue;
    const [inGet, inAgain, inHead] = [get, again, head].map(({ headers }) => joined(headers, name));
    if (inGet === inHead || inGet !== inAgain) continue;
    if (inHead === null && MAY_BE_OMITTED.has(name)) continue;
    // A length that the answer to GET omits is correct if it matches the content.
    if (inGet === null && name === "content-length" && inHead === String(octets)) continue;
    if (inGet === null && name === "transfer-encoding") continue;
    differences.push({ name, get: inGet ?? null, head: inHead ?? null });
  }
  return differences;
}

function joined(headers: ParsedResponse["headers"], name: string): string | null {
  const values = fieldValues(headers, name);
  return values.length === 0 ? null : values.map(escapeOctets).join(", ");
}

/** Formats the differences in one line. */
export function formatDifferences(differences: readonly FieldDifference[]): string {
  return differences.slice(0, 4).map(({ name, get, head }) => {
    if (get === null) return `${name}: only with HEAD (${shorten(head)})`;
    if (head === null) return `${name}: missing with HEAD`;
    return `${name}: ${shorten(get)} with GET, ${shorten(head)} with HEAD`;
  }).join("; ") + (differences.length > 4 ? `; ${differences.length - 4} more` : "");
}

function shorten(text: string | null): string {
  const shown = text ?? "";
  return shown.length > 40 ? `${shown.slice(0, 40)}…` : shown;
}
