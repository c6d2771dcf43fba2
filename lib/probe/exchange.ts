/**
 * The facts of one exchange: a request and the part of its answer that came.
 *
 * @module
 */

import type { InterimHead, ParsedResponse } from "../http/response.ts";
import type { Deviation, HeaderField, ProbeError, RequestFacts } from "../result.ts";
import type { ComposedRequest } from "./compose_request.ts";
import type { LimitOptions } from "./options.ts";

/** One request and its answer. Moments are values of `performance.now()`. */
export interface Exchange {
  /** Number of the request on its connection, from 1; 0 if it was not sent. */
  readonly requestNumber: number;
  /** Present once its head is complete. */
  readonly response?: ParsedResponse | undefined;
  /** The beginning of an incomplete head. */
  readonly partialHead?: PartialHead | undefined;
  readonly request: RequestFacts;
  readonly interim: readonly { readonly head: InterimHead; readonly at: number }[];
  readonly deviations: readonly Deviation[];
  /** Present if the exchange did not complete. */
  readonly error?: ProbeError | undefined;
  readonly startedAt: number;
  /** `performance.now()` when the system took the last octet of the request. */
  readonly sentAt?: number | undefined;
  readonly firstOctetAt?: number | undefined;
  /** `performance.now()` when the last octet of the answer came. */
  readonly lastOctetAt?: number | undefined;
}

/** The beginning of a head. */
export interface PartialHead {
  version?: string;
  status?: number;
  reason?: string;
  headers?: HeaderField[];
}

/** Takes the content of one answer. */
export interface ContentTaker {
  /** Takes content as it comes. The octets are valid only during the call. */
  take(data: Uint8Array): void;
  /** True once more octets came than the limit allows, which ends the exchange. */
  readonly tooLarge: boolean;
  /** Maximum octets. */
  readonly maxBody: number;
}

/** Limits of one exchange, and where its content goes. */
export interface ExchangeOptions extends Pick<LimitOptions, "firstByteTimeout"> {
  /** The request in messages: `GET http://example.org/`. */
  readonly label: string;
  readonly content: ContentTaker;
  /** Milliseconds in which a peer must accept more of a request, or send more of an answer. */
  readonly stallTimeout?: number | undefined;
  /** The exchange is over once the head of the final response is complete. */
  readonly stopAtHead?: boolean | undefined;
  /**
   * Awaited before the next read if it returns a promise: the destination of the content may be slower than the peer.
   */
  readonly drain?: (() => Promise<void> | undefined) | undefined;
}

/** A running exchange, as its connection sees it. */
export interface OngoingExchange {
  /** Number of the request on its connection, from 1. */
  readonly requestNumber: number;
  readonly request: ComposedRequest;
  readonly options: ExchangeOptions;
  readonly interim: { head: InterimHead; at: number }[];
  /** The answer, which the connection sets once its head is complete. */
  response: ParsedResponse | undefined;
  /** Settles without a value once the exchange is over, even if a callback threw. */
  readonly over: Promise<Exchange | undefined>;
  /** Records octets of the answer. */
  hear(at: number): void;
}
