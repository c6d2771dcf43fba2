/**
 * Requests for a part of a representation (RFC 9110 §13.1.5, §14.2).
 *
 * @module
 */

import type { RequestOptions } from "../probe/options.ts";
import { ifRange, type Validator } from "./content_range.ts";

/** Whether the caller asks for a range of its own. */
export function asksForRange({ headers = [] }: Pick<RequestOptions, "headers">): boolean {
  return headers.some((header) =>
    ("name" in header ? header.name : header[0]).toLowerCase() === "range" &&
    ("name" in header ? header.value : header[1]) !== undefined
  );
}

/**
 * The fields that ask for what follows the octets that are there, if it is still of the same version.
 *
 * @returns None where nothing is there, or nothing names the version
 */
export function restFields(bytes: number, validator: Validator): { name: string; value: string }[] {
  const condition = bytes > 0 ? ifRange(validator) : undefined;
  if (condition === undefined) return [];
  return [{ name: "Range", value: `bytes=${bytes}-` }, { name: "If-Range", value: condition }];
}
