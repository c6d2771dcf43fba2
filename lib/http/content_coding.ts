/**
 * Reads from the header fields which codings were applied to the content.
 *
 * @module
 */

import type { FieldLine } from "./field_line.ts";
import { listElements } from "./field_list.ts";

/** Codings in lower case, in the order in which they were applied. */
export interface AppliedCodings {
  /** Codings of `Content-Encoding`, `identity` left out. */
  names: string[];
  /** Transfer codings other than chunked, applied after the content codings; absent if there are none. */
  transfer?: string[];
}

/** Leaves out misspelt forms too: the framing reports them. */
const CHUNKED = /chunked|^identity$/;

/**
 * Reads the codings of the content from `Content-Encoding` (RFC 9110 §8.4) and `Transfer-Encoding` (RFC 9112 §6.1).
 *
 * @returns `undefined` if there are none.
 *
 * @example Usage
 * ```ts
 * import { parseCodings } from "./content_coding.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(parseCodings([["Content-Encoding", "GZIP, br"]]), { names: ["gzip", "br"] });
 * assert.equal(parseCodings([["Transfer-Encoding", "chunked"]]), undefined);
 * ```
 */
export function parseCodings(headers: readonly FieldLine[]): AppliedCodings | undefined {
  const names = listElements(headers, "content-encoding").filter((name) => name !== "identity");
  const transfer = listElements(headers, "transfer-encoding").filter((name) => !CHUNKED.test(name));
  if (transfer.length > 0) return { names, transfer };
  return names.length > 0 ? { names } : undefined;
}
