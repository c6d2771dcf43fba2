/**
 * The data that a reader produces: heads, responses, and the failure that stopped it.
 *
 * @module
 */

import type { Deviation, DeviationCode } from "./deviation.ts";
import type { FieldLine } from "./field_line.ts";
import type { Framing, OutstandingRequest } from "./framing.ts";
import type { AnnouncedPersistence } from "./persistence.ts";

/** A status-line and its field lines, with their wire order, case and duplicates. */
export interface ResponseHead {
  /** The digits of the version, as `1.1`. */
  version: string;
  /** The status code. */
  status: number;
  /** The reason phrase as written, including padding. */
  reason: string;
  /** Field lines in wire order. */
  headers: FieldLine[];
}

/** The head of an interim (1xx) response. */
export interface InterimHead extends ResponseHead {
  /** Stream offset of its status-line. */
  offset: number;
}

/** The facts of a body as far as it was read. */
export interface ParsedBody {
  /** The framing, which decides where the body ends. */
  framing: Framing;
  /** Octets that Content-Length promises. */
  expected?: number;
  /** Octets of content so far. */
  bytes: number;
  /** Octets on the wire so far, including chunked framing and trailers. */
  wireBytes: number;
  /** True if the whole body arrived. */
  complete: boolean;
  /** Data chunks, for chunked framing. */
  chunks?: number;
  /** Trailer fields of chunked framing. */
  trailers: FieldLine[];
}

/** A response as far as it was read; `body.complete` says whether that is all of it. */
export interface ParsedResponse extends ResponseHead {
  /** The request that it answers. */
  request: OutstandingRequest;
  /** Stream offset of the status-line. */
  offset: number;
  /** Octets of the head, including its empty line. */
  headBytes: number;
  /** Interim responses that came before it. */
  interim: InterimHead[];
  /** The facts of the body. */
  body: ParsedBody;
  /** True if the connection may carry another request; absent after 101 and CONNECT, when HTTP has ended. */
  persistent?: boolean;
  /** The promises of the head about the connection. */
  announced: AnnouncedPersistence;
  /** Deviations of this message. */
  deviations: readonly Deviation[];
}

/** The failure that stopped reading before a complete response. */
export interface ReadFailure {
  /** The kind of the failure. */
  kind: "syntax" | "limit" | "truncated" | "closed" | "reset";
  /** The phase that reading had reached. */
  phase: "wait" | "head" | "body";
  /** Stream offset. */
  offset: number;
  /** The finding in words. */
  message: string;
  /** The code of the fatal deviation, if there is one. */
  code?: DeviationCode;
}
