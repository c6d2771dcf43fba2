/**
 * The facts of one exchange: a request, and its answer as far as it came.
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
  /** Present from the moment its head was complete. */
  readonly response?: ParsedResponse | undefined;
  /** The part of a head that is not complete. */
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

/** The part of a head that came. */
export interface PartialHead {
  version?: string;
  status?: number;
  reason?: string;
  headers?: HeaderField[];
}

/** Takes the content of one answer. */
export interface ContentTaker {
  /** Takes content as it comes. The bytes are valid during the call only. */
  take(data: Uint8Array): void;
  /** More came than may come, which ends the exchange. */
  readonly tooLarge: boolean;
  /** Octets that may come. */
  readonly maxBody: number;
}

/** Limits of one exchange, and where its content goes. */
export interface ExchangeOptions extends Pick<LimitOptions, "firstByteTimeout"> {
  /** For messages: `GET http://example.org/`. */
  readonly label: string;
  readonly content: ContentTaker;
  /** Milliseconds in which a peer must take more of a request, or send more of an answer. */
  readonly stallTimeout?: number | undefined;
  /** Awaited before more is read, if it gives a promise: the destination of the content may be slower than the peer. */
  readonly drain?: (() => Promise<void> | undefined) | undefined;
}

/** An exchange under way, as its connection sees it. */
export interface OngoingExchange {
  /** Number of the request on its connection, from 1. */
  readonly requestNumber: number;
  readonly request: ComposedRequest;
  readonly options: ExchangeOptions;
  readonly interim: { head: InterimHead; at: number }[];
  /** The answer, which the connection sets once its head is complete. */
  response: ParsedResponse | undefined;
  /** Settles once the exchange is over, without a value if a callback threw. */
  readonly over: Promise<Exchange | undefined>;
  /** Takes note of octets of the answer. */
  hear(at: number): void;
}
