/**
 * Parses captured responses without knowing how many there are.
 *
 * @module
 */

import { LF } from "./octets.ts";
import type { ReadFailure } from "./response.ts";
import { type ParsedStream, type ParseOptions, parseResponses } from "./parse_response.ts";

/**
 * Parses captured octets as consecutive responses, however many there are.
 *
 * @param bytes All octets that came over one connection
 * @param methods Methods of the requests, in order; the last one is also that of all further requests
 * @param options How the stream ended, and limits
 * @returns The same as {@linkcode parseResponses} gives, but no response is missing after the last octet
 *
 * @example Usage
 * ```ts
 * import { parseCapture } from "https://deno.land/x/sonde/lib/http.ts";
 * import assert from "node:assert/strict";
 *
 * const wire = "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
 * const { responses, failure } = parseCapture(new TextEncoder().encode(wire));
 * assert.deepEqual([responses.map(({ status }) => status), failure], [[204, 404], undefined]);
 * ```
 */
export function parseCapture(
  bytes: Uint8Array,
  methods: readonly string[] = ["GET"],
  options: ParseOptions = {},
): ParsedStream {
  const requests = Array.from({ length: countMostResponses(bytes) }, (_, index) => ({
    method: methods[index] ?? methods.at(-1) ?? "GET",
    // The client may have asked for an upgrade: the octets of the answer alone do not tell.
    upgrade: true,
  }));
  const stream = parseResponses(bytes, requests, options);
  const isBetween = stream.responses.length > 0 && stream.responses.at(-1)!.body.complete &&
    stream.pendingInterim.length === 0 && stream.partialHead.status === undefined;
  const { failure } = stream;
  if (!isBetween || failure === undefined || !isEnd(failure)) return stream;
  const { failure: _, ...rest } = stream;
  return {
    ...rest,
    deviations: stream.deviations.filter(({ code }) => code !== "empty-reply"),
    unanswered: 0,
  };
}

/** Tells whether the stream ended where a response could have begun. */
function isEnd({ kind, phase }: ReadFailure): boolean {
  return kind === "closed" || kind === "reset" && phase === "wait";
}

/**
 * Computes an upper bound for the number of responses: each takes at least one line, and the last may be incomplete.
 */
function countMostResponses(bytes: Uint8Array): number {
  let count = 1;
  for (let at = bytes.indexOf(LF); at !== -1 && count < MOST_RESPONSES; at = bytes.indexOf(LF, at + 1)) {
    count++;
  }
  return count;
}

/** Guards memory against a capture that consists of line feeds. */
const MOST_RESPONSES = 100_000;
