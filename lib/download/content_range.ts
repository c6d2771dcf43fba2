/**
 * Reads the range and the version of the content of an answer (RFC 9110 §8.8, §14).
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { fieldValues } from "../http/field_list.ts";
import { withoutUndefined } from "../without_undefined.ts";

/** The value of `Content-Range`. Positions count octets from 0; both ends are included. */
export type ContentRange =
  | { readonly type: "satisfied"; readonly first: number; readonly last: number; readonly total?: number }
  /** `bytes * /N`: the requested range does not exist. */
  | { readonly type: "unsatisfied"; readonly total: number };

/**
 * Reads `Content-Range` (RFC 9110 §14.4).
 *
 * @returns `undefined` if the field is missing, occurs twice or is malformed
 *
 * @example Usage
 * ```ts
 * import { parseContentRange } from "./content_range.ts";
 * import assert from "node:assert/strict";
 *
 * const range = parseContentRange([["Content-Range", "bytes 5-9/10"]]);
 * assert.deepEqual(range, { type: "satisfied", first: 5, last: 9, total: 10 });
 * ```
 */
export function parseContentRange(headers: readonly FieldLine[]): ContentRange | undefined {
  const values = fieldValues(headers, "content-range");
  if (values.length !== 1) return undefined;
  const [match, firstText, lastText, totalText, unsatisfied] =
    /^bytes (?:([0-9]{1,16})-([0-9]{1,16})\/([0-9]{1,16}|\*)|\*\/([0-9]{1,16}))$/i.exec(values[0]!) ?? [];
  if (match === undefined) return undefined;
  if (unsatisfied !== undefined) return { type: "unsatisfied", total: Number(unsatisfied) };
  const [first, last] = [Number(firstText), Number(lastText)];
  const total = totalText === "*" ? undefined : Number(totalText);
  if (last < first || total !== undefined && last >= total || last > Number.MAX_SAFE_INTEGER) {
    return undefined;
  }
  return withoutUndefined({ type: "satisfied", first, last, total });
}

/** The fields that identify one version of a representation exactly. */
export interface Validator {
  /** A strong entity tag, with its quotes. */
  readonly etag?: string | undefined;
  /** A date that is strong according to RFC 9110 §8.8.2.2. */
  readonly lastModified?: string | undefined;
}

/** Tells whether a text is a strong entity tag (RFC 9110 §8.8.3). */
export function isStrongTag(text: string): boolean {
  return /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(text);
}

/**
 * Finds the strong validators of an answer. A weak one does not promise the same octets, and beside a weak tag RFC 9110
 * §13.1.5 forbids asking with the date.
 */
export function strongValidator(headers: readonly FieldLine[]): Validator {
  const [etag, ...moreTags] = fieldValues(headers, "etag");
  const [lastModified, ...moreDates] = fieldValues(headers, "last-modified");
  if (etag?.startsWith("W/")) return {};
  const age = Date.parse(fieldValues(headers, "date")[0] ?? "") - Date.parse(lastModified ?? "");
  return withoutUndefined({
    etag: etag !== undefined && moreTags.length === 0 && isStrongTag(etag) ? etag : undefined,
    // A file may change twice within one second, which is the resolution of the date.
    lastModified: moreDates.length === 0 && age >= 1000 ? lastModified : undefined,
  });
}

/** Chooses the value of `If-Range` (RFC 9110 §13.1.5): the tag if there is one, otherwise the date. */
export function ifRange({ etag, lastModified }: Validator): string | undefined {
  return etag ?? lastModified;
}

/**
 * Tells whether an answer can be of the version that a validator names; a 206 may omit the date. If a field occurs
 * twice, both values count.
 */
export function isSameVersion({ etag, lastModified }: Validator, headers: readonly FieldLine[]): boolean {
  const tags = fieldValues(headers, "etag");
  if (etag !== undefined && tags.length > 0) return tags.every((tag) => tag === etag);
  const dates = fieldValues(headers, "last-modified");
  return lastModified === undefined || dates.every((date) => date === lastModified);
}

/** Reads `Content-Encoding`, in lower case; `undefined` without that field. */
export function contentCoding(headers: readonly FieldLine[]): string | undefined {
  const values = fieldValues(headers, "content-encoding");
  return values.length === 0 ? undefined : values.join(", ").toLowerCase();
}
