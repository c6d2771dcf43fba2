/**
 * The answer to a request, and the end of a connection: types only.
 *
 * @module
 */

import type { ParsedResponse } from "../http/response.ts";

/**
 * The end of a connection by the peer, for facts: `close-notify` over TLS, and `fin` if the experiment watched for it.
 */
export interface EndFacts {
  readonly how: string;
  readonly fin?: boolean | undefined;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number | undefined;
}

/** The outcome of one request. */
export interface Answer {
  /**
   * - `answered`: the response is complete
   * - `closed`, `reset`: the connection ended first, with FIN (or cut TLS) or RST
   * - `late`: the time ran out
   * - `malformed`: the octets that came are not a response
   * - `large`: the content exceeds the limit
   * - `interrupted`: sonde closed the connection, or a fault below HTTP made it unreadable
   */
  readonly type: "answered" | "closed" | "reset" | "late" | "malformed" | "large" | "interrupted";
  /** Present once the head was complete. */
  readonly response?: ParsedResponse | undefined;
  /** `performance.now()` before the request was written. */
  readonly startedAt: number;
  /** `performance.now()` when the first octet after the request came. */
  readonly firstOctetAt?: number | undefined;
  /** `performance.now()` when the last octet came. */
  readonly lastOctetAt?: number | undefined;
  /** Present if the server asked to renegotiate TLS and no answer came. */
  readonly askedToRenegotiate?: boolean | undefined;
  /** The event below HTTP that ended the connection, in words; only with `interrupted`. */
  readonly fault?: string | undefined;
}
