/**
 * Describes the content on disk, so that an answer can be compared with it.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import type { RequestOptions } from "../probe/options.ts";
import { contentCoding, isSameVersion, strongValidator, type Validator } from "./content_range.ts";
import type { LeftPart, PartState } from "./part_file.ts";
import { describeRequest } from "./range_request.ts";

/** The facts that show whether an answer continues some content. */
export interface HeldContent {
  /** Version of the content. */
  readonly validator: Validator;
  /** Length of the whole content, if an answer announced it. */
  readonly total?: number | undefined;
  /** Content-Encoding, in lower case. */
  readonly coding?: string | undefined;
}

/** The parts of a request that show whether its answer is the beginning of the whole content. */
type AskedFor = Pick<RequestOptions, "headers" | "method">;

/**
 * Reads what an answer reveals about its content.
 *
 * @param total Octets that the answer promises
 */
export function describeContent(
  headers: readonly FieldLine[],
  total: number | undefined,
  options: AskedFor,
): HeldContent {
  const coding = contentCoding(headers);
  return {
    // A part in the answer to a different request cannot be the beginning.
    validator: describeRequest(options) === undefined ? strongValidator(headers) : {},
    total,
    coding,
  };
}

/** Tells whether a part is the beginning of an answer's content. */
export function isBeginningOf(
  { state, size }: LeftPart,
  held: HeldContent,
  headers: readonly FieldLine[],
): boolean {
  const { validator: { etag, lastModified }, total = state.total, coding } = held;
  return (etag ?? lastModified) !== undefined && isSameVersion(state, headers) &&
    total === (state.total ?? total) && size <= (total ?? size) && state.coding === coding;
}

/** Makes the state that a later run needs to continue a part. */
export function partState(url: string, { validator, ...held }: HeldContent, options: AskedFor): PartState {
  const request = describeRequest(options);
  return { url, ...validator, ...held, request };
}

/** Restores the facts about the content from the state of a part. */
export function readPartState({ etag, lastModified, total, coding }: PartState): HeldContent {
  return {
    validator: { etag, lastModified },
    total,
    coding,
  };
}
