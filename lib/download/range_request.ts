/**
 * Requests for a part of a representation (RFC 9110 §13.1.5, §14.2).
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { headerChanges } from "../probe/header_changes.ts";
import type { RequestOptions } from "../probe/options.ts";
import { ifRange, type Validator } from "./content_range.ts";

/** Gives the range that the caller requested with a Range field, if any. */
export function ownRange({ headers = [] }: Pick<RequestOptions, "headers">): string | undefined {
  const values = headerChanges(headers).flatMap(([name, value]) =>
    name.toLowerCase() === "range" && value !== undefined ? [value] : []
  );
  return values.length === 0 ? undefined : values.join(", ");
}

/**
 * Makes the fields that request the rest of the content, on condition that its version is still the same.
 *
 * @returns No fields if nothing is on disk, or nothing identifies the version
 */
export function restFields(bytes: number, validator: Validator): FieldLine[] {
  const condition = bytes > 0 ? ifRange(validator) : undefined;
  if (condition === undefined) return [];
  return [["Range", `bytes=${bytes}-`], ["If-Range", condition]];
}

/** Describes a request if it is not for the whole content by GET: `POST`, `bytes=10-19`. */
export function describeRequest(options: Pick<RequestOptions, "headers" | "method">): string | undefined {
  const { method = "GET" } = options;
  return method === "GET" ? ownRange(options) : method;
}
