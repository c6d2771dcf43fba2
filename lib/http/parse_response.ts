/**
 * Parses captured octets in one call.
 *
 * @module
 */

import { checkOptions, type OptionNames } from "../text/check_options.ts";
import type { Deviation } from "./deviation.ts";
import type { OutstandingRequest } from "./framing.ts";
import { joinOctets } from "./octets.ts";
import { LIMIT_NAMES, type LimitsInput } from "./limits.ts";
import { resetFailure } from "./read_failure.ts";
import type { InterimHead, ParsedResponse, ReadFailure, ResponseHead } from "./response.ts";
import { ResponseReader } from "./response_reader.ts";

/** Options of {@linkcode parseResponses} and {@linkcode parseResponse}. */
export interface ParseOptions {
  /** Limits that differ from the default ones. */
  readonly limits?: LimitsInput | undefined;
  /** End of the stream: `rst` if the peer reset the connection, `open` if more octets may follow. @default "fin" */
  readonly end?: "fin" | "tls-truncated" | "rst" | "open" | undefined;
}

/** Names of {@linkcode ParseOptions}. */
const PARSE_OPTION_NAMES = { limits: LIMIT_NAMES, end: true } as const satisfies OptionNames<ParseOptions>;

/** A response with its content. */
export interface ParsedResponseWithContent extends ParsedResponse {
  /** The received octets of content, without chunked framing. */
  content: Uint8Array<ArrayBuffer>;
}

/** The responses in captured octets. */
export interface ParsedStream {
  /** Responses whose head is complete, in order. */
  responses: ParsedResponseWithContent[];
  /** All deviations, in the order of the stream. */
  deviations: Deviation[];
  /** The reason why reading stopped early. */
  failure?: ReadFailure;
  /** The received part of an incomplete head. */
  partialHead: Partial<ResponseHead>;
  /** Interim responses without a final one. */
  pendingInterim: readonly InterimHead[];
  /** Octets after the last expected response. */
  surplusBytes: number;
  /** Number of requests without a complete response. */
  unanswered: number;
}

/**
 * Parses captured octets as the answers to a list of requests.
 *
 * @param bytes All octets that were received
 * @param requests The requests that were sent, in order
 * @throws {TypeError} If an option does not exist
 * @throws {RangeError} If a limit is not a number, or is below 0
 *
 * @example Usage
 * ```ts
 * import { parseResponses } from "https://deno.land/x/sonde/lib/http.ts";
 * import assert from "node:assert/strict";
 *
 * const wire = "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
 * const { responses } = parseResponses(new TextEncoder().encode(wire), [{ method: "GET" }, { method: "GET" }]);
 * assert.deepEqual(responses.map((response) => response.status), [204, 404]);
 * ```
 */
export function parseResponses(
  bytes: Uint8Array,
  requests: readonly OutstandingRequest[] = [{ method: "GET" }],
  options: ParseOptions = {},
): ParsedStream {
  checkOptions(options, PARSE_OPTION_NAMES);
  const { limits, end = "fin" } = options;
  const pieces = new Map<ParsedResponse, Uint8Array[]>();
  const reader = new ResponseReader({
    requests,
    limits,
    onHead: (response) => pieces.set(response, []),
    onBody: (data, response) => pieces.get(response)?.push(data),
  });
  reader.receive(bytes);
  if (end === "fin" || end === "tls-truncated") reader.end(end);
  const stream: ParsedStream = {
    responses: reader.responses.map((response) => ({
      ...response,
      content: joinOctets(pieces.get(response) ?? []),
    })),
    deviations: reader.deviations,
    partialHead: reader.partialHead,
    pendingInterim: reader.pendingInterim,
    surplusBytes: reader.surplusBytes,
    unanswered: reader.unanswered,
  };
  const failure = reader.failure ?? (end === "rst" ? resetFailure(reader) : undefined);
  if (failure) stream.failure = failure;
  return stream;
}

/**
 * Parses captured octets as the answer to one request.
 *
 * @param bytes All octets that were received
 * @param request The request that was sent
 * @throws {TypeError} If an option does not exist
 * @throws {RangeError} If a limit is not a number, or is below 0
 *
 * @example Usage
 * ```ts
 * import { parseResponse } from "https://deno.land/x/sonde/lib/http.ts";
 * import assert from "node:assert/strict";
 *
 * const wire = new TextEncoder().encode("HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nhi");
 * const { responses, deviations } = parseResponse(wire);
 * assert.deepEqual(responses[0]?.content, new TextEncoder().encode("hi"));
 * assert.equal(deviations[0]?.code, "bare-lf");
 * assert.equal(deviations[0]?.offset, 15);
 * ```
 */
export function parseResponse(
  bytes: Uint8Array,
  request: OutstandingRequest = { method: "GET" },
  options: ParseOptions = {},
): ParsedStream {
  return parseResponses(bytes, [request], options);
}
