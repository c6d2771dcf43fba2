/**
 * Reads the range and the version of the content that an answer has (RFC 9110 §8.8, §14).
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { fieldValues } from "../http/field_list.ts";

/** The value of `Content-Range`. Positions are octets, from 0, both included. */
export type ContentRange =
  | { readonly type: "satisfied"; readonly first: number; readonly last: number; readonly total?: number }
  /** `bytes * /N`: the range asked for is not there. */
  | { readonly type: "unsatisfied"; readonly total: number };

/**
 * Reads `Content-Range` (RFC 9110 §14.4).
 *
 * @returns Nothing if the field is missing, comes twice or is malformed
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
  return { type: "satisfied", first, last, ...(total !== undefined && { total }) };
}

/** The fields that identify one version of a representation, octet by octet. */
export interface Validator {
  /** A strong entity tag, with its quotes. */
  readonly etag?: string | undefined;
  /** A date that is strong by RFC 9110 §8.8.2.2. */
  readonly lastModified?: string | undefined;
}

/** Says whether a text is a strong entity tag (RFC 9110 §8.8.3). */
export function isStrongTag(text: string): boolean {
  return /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(text);
}

/**
 * The strong validators of an answer; a weak one does not promise the same octets, and beside a weak tag RFC 9110 §13.1.5
 * lets nobody ask with the date.
 */
export function strongValidator(headers: readonly FieldLine[]): Validator {
  const [etag, ...moreTags] = fieldValues(headers, "etag");
  const [lastModified, ...moreDates] = fieldValues(headers, "last-modified");
  if (etag?.startsWith("W/")) return {};
  const age = Date.parse(fieldValues(headers, "date")[0] ?? "") - Date.parse(lastModified ?? "");
  return {
    ...(etag !== undefined && moreTags.length === 0 && isStrongTag(etag) && { etag }),
    // A file may change twice within the second that the date counts in.
    ...(lastModified !== undefined && moreDates.length === 0 && age >= 1000 && { lastModified }),
  };
}

/** The value of `If-Range` (RFC 9110 §13.1.5): a tag before a date. */
export function ifRange({ etag, lastModified }: Validator): string | undefined {
  return etag ?? lastModified;
}

/**
 * Whether an answer is of the version that a validator names, as far as the answer says; a 206 may leave the date out. Of two
 * fields of one name both count.
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
