/**
 * The end of a connection as its reader saw it: types only.
 *
 * @module
 */

/** The peer ended the connection. */
export interface PeerEnd {
  readonly by: "peer";
  readonly how: "fin" | "close-notify" | "rst" | "tls-truncated";
  /** `performance.now()` */
  readonly at: number;
  /** For `close-notify`: whether FIN had followed by the end of the watch; absent if nobody watched for it. */
  readonly fin?: boolean | undefined;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number | undefined;
  readonly error?: undefined;
}

/** We ended the connection: `closed`, or `error` if it cannot be read any more, after a TLS alert for instance. */
export interface OwnEnd {
  readonly by: "us";
  readonly how: "closed" | "error";
  /** `performance.now()` */
  readonly at: number;
  /** Present with `error`. */
  readonly error?: Error | undefined;
  readonly fin?: undefined;
  readonly finAfter?: undefined;
}

/** The end of a connection. */
export type StreamEnd = PeerEnd | OwnEnd;
