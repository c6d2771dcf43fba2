/**
 * What is known of the content that is there.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import type { RequestOptions } from "../probe/options.ts";
import { contentCoding, isSameVersion, strongValidator, type Validator } from "./content_range.ts";
import type { LeftPart, PartState } from "./part_file.ts";
import { describeRequest } from "./range_request.ts";

/** What tells whether an answer goes on with some content. */
export interface HeldContent {
  /** Version of the content. */
  readonly validator: Validator;
  /** Octets of the whole, where an answer said so. */
  readonly total?: number | undefined;
  /** Content-Encoding, in lower case. */
  readonly coding?: string | undefined;
}

/** The parts of a request by which it is told whether its answer is the beginning of the whole content. */
type AskedFor = Pick<RequestOptions, "headers" | "method">;

/**
 * Reads what an answer says of its content.
 *
 * @param total Octets that it promises
 */
export function describeContent(
  headers: readonly FieldLine[],
  total: number | undefined,
  options: AskedFor,
): HeldContent {
  const coding = contentCoding(headers);
  return {
    // A part of the answer to another request is the beginning of nothing.
    validator: describeRequest(options) === undefined ? strongValidator(headers) : {},
    total,
    coding,
  };
}

/** Whether a part is the beginning of the whole content that an answer has. */
export function isBeginningOf(
  { state, size }: LeftPart,
  held: HeldContent,
  headers: readonly FieldLine[],
): boolean {
  const { validator: { etag, lastModified }, total = state.total, coding } = held;
  return (etag ?? lastModified) !== undefined && isSameVersion(state, headers) &&
    total === (state.total ?? total) && size <= (total ?? size) && state.coding === coding;
}

/** What a later run has to know of a part. */
export function partState(url: string, { validator, ...held }: HeldContent, options: AskedFor): PartState {
  const request = describeRequest(options);
  return { url, ...validator, ...held, request };
}

/** What was written down of a part. */
export function heldState({ etag, lastModified, total, coding }: PartState): HeldContent {
  return {
    validator: { etag, lastModified },
    total,
    coding,
  };
}
