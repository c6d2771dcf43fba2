/**
 * Looks up a header field by its name.
 *
 * @module
 */

import type { FieldLine } from "./field_line.ts";
import { fieldValues } from "./field_list.ts";

/** Anything that has header fields: a result, a hop, an interim response, a parsed request or response. */
export interface WithHeaders {
  /** Name and value of each field line, in wire order. */
  readonly headers?: readonly Readonly<FieldLine>[] | undefined;
}

/**
 * Looks up a header field by its name, case-insensitively, as `Headers.get()` does.
 *
 * If a field has several lines, this joins their values in wire order by `", "`. For `Set-Cookie`, whose values contain
 * commas, look through `headers` itself.
 *
 * @param message A result of a probe, or another message that has `headers`
 * @param name Name of the field
 * @returns The value with one code unit for each octet, or `null` if the message has no such field
 *
 * @example Usage
 * ```ts
 * import { headerOf } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * const message = { headers: [["Vary", "accept"], ["VARY", "origin"]] as const };
 * assert.equal(headerOf(message, "vary"), "accept, origin");
 * assert.equal(headerOf(message, "server"), null);
 * ```
 */
export function headerOf({ headers = [] }: WithHeaders, name: string): string | null {
  const values = fieldValues(headers, name);
  return values.length === 0 ? null : values.join(", ");
}
