/**
 * Requests for a part of a representation (RFC 9110 §13.1.5, §14.2).
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import { headerChanges } from "../probe/header_changes.ts";
import type { RequestOptions } from "../probe/options.ts";
import { ifRange, type Validator } from "./content_range.ts";

/** The range that the caller asks for with a field of its own; nothing if there is none. */
export function ownRange({ headers = [] }: Pick<RequestOptions, "headers">): string | undefined {
  const values = headerChanges(headers).flatMap(([name, value]) =>
    name.toLowerCase() === "range" && value !== undefined ? [value] : []
  );
  return values.length === 0 ? undefined : values.join(", ");
}

/**
 * The fields that ask for what follows the octets that are there, if it is still of the same version.
 *
 * @returns None where nothing is there, or nothing names the version
 */
export function restFields(bytes: number, validator: Validator): FieldLine[] {
  const condition = bytes > 0 ? ifRange(validator) : undefined;
  if (condition === undefined) return [];
  return [["Range", `bytes=${bytes}-`], ["If-Range", condition]];
}

/** A request, where it is none for the whole content by GET: `POST`, `bytes=10-19`. */
export function describeRequest(options: Pick<RequestOptions, "headers" | "method">): string | undefined {
  const { method = "GET" } = options;
  return method === "GET" ? ownRange(options) : method;
}
