/**
 * Results of a request, and the end of a connection: types only.
 *
 * @module
 */

import type { ParsedResponse } from "../http/response.ts";

/** The peer's end of a connection, for facts: over TLS `close-notify`, and `fin` if that was watched for. */
export interface EndFacts {
  readonly how: string;
  readonly fin?: boolean | undefined;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number | undefined;
}

/** The result of one request. */
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
  readonly response?: ParsedResponse | undefined;
  /** `performance.now()` before the request was written. */
  readonly startedAt: number;
  /** `performance.now()` when the first octet after the request came. */
  readonly firstOctetAt?: number | undefined;
  /** `performance.now()` when the last octet came. */
  readonly lastOctetAt?: number | undefined;
  /** Present on a TLS connection whose server asked to renegotiate, if no answer came. */
  readonly askedToRenegotiate?: boolean | undefined;
  /** The event below HTTP that ended the connection, in words; only with `interrupted`. */
  readonly fault?: string | undefined;
}
