/**
 * What comes of a request, and of a connection: types only.
 *
 * @module
 */

import type { ParsedResponse } from "../http/response.ts";

/** How a peer ended a connection: over TLS with `close-notify`, and `fin` if that was watched for. */
export interface PeerEnd {
  readonly how: string;
  readonly fin?: boolean;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number;
}

/** How a connection ended: by the peer, or `closed` by us. */
export interface ConnectionEnd {
  /** `closed` by us, `error` if what came could not be read; else by the peer. */
  readonly how: "fin" | "close-notify" | "rst" | "tls-truncated" | "closed" | "error";
  /** For `close-notify`: whether FIN followed by the end of the watch; absent where nobody watched. */
  readonly fin?: boolean;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number;
  /** `performance.now()` */
  readonly at: number;
  /** What came that cannot be read on after, as a TLS alert; present with `error`. */
  readonly error?: Error;
}

/** What came of one request. */
export interface Answer {
  /**
   * - `answered`: the response is complete
   * - `closed`, `reset`: the connection ended before that, with FIN (or TLS cut) or RST
   * - `late`: the time was over
   * - `malformed`: what came is no response
   * - `large`: the content has more octets than are taken
   * - `interrupted`: the connection was closed here, or what came below HTTP could not be read on after
   */
  readonly type: "answered" | "closed" | "reset" | "late" | "malformed" | "large" | "interrupted";
  /** Present once its head was complete. */
  readonly response?: ParsedResponse;
  /** `performance.now()` before the request was written. */
  readonly startedAt: number;
  /** `performance.now()` when the first octet after the request came. */
  readonly firstOctetAt?: number;
  /** `performance.now()` when the last octet came. */
  readonly lastOctetAt?: number;
  /** Present on a TLS connection whose server asked to renegotiate, if no answer came. */
  readonly askedToRenegotiate?: true;
  /** What ended the connection below HTTP, in words; only with `interrupted`. */
  readonly fault?: string;
}
