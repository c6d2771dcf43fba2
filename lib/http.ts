/**
 * Reads and writes HTTP/1 messages without any I/O: octets in, data out.
 *
 * @example Usage
 * ```ts
 * import { parseResponse } from "https://deno.land/x/sonde/lib/http.ts";
 *
 * const octets = new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
 * const [response] = parseResponse(octets).responses;
 * if (response?.status !== 200 || response.body.bytes !== 2) throw new Error("another response");
 * ```
 *
 * @module
 */

export {
  type ParsedResponseWithContent,
  type ParsedStream,
  type ParseOptions,
  parseResponse,
  parseResponses,
} from "./http/parse_response.ts";
export { type ReaderState, ResponseReader, type ResponseReaderOptions } from "./http/response_reader.ts";
export type { InterimHead, ParsedBody, ParsedResponse, ReadFailure, ResponseHead } from "./http/response.ts";
export type { AnnouncedPersistence, Deviation, Framing } from "./result.ts";
export type { FieldLine } from "./http/field_line.ts";
export { headerOf, type WithHeaders } from "./http/header_of.ts";
export type { OutstandingRequest } from "./http/framing.ts";
export { DEFAULT_LIMITS, type LimitsInput, type ReaderLimits } from "./http/limits.ts";
export {
  type DeviationClass,
  deviationClass,
  type DeviationCode,
  deviationCodes,
  DEVIATIONS,
} from "./http/deviation.ts";
export { parsePersistence } from "./http/persistence.ts";
export { type RequestParts, serializeRequest } from "./http/request.ts";
export { parseCapture } from "./http/parse_capture.ts";
export {
  type ParsedRequest,
  type ParsedRequests,
  parseRequests,
  type ParseRequestsOptions,
} from "./http/parse_request.ts";
