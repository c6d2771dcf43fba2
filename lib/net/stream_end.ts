/**
 * The end of a connection as its reader saw it: types only.
 *
 * @module
 */

/** The peer ended the connection. */
export interface PeerEnd {
  /** Who ended it. */
  readonly by: "peer";
  /** With FIN, with close_notify over TLS, with RST, or with a FIN without close_notify. */
  readonly how: "fin" | "close-notify" | "rst" | "tls-truncated";
  /** `performance.now()` */
  readonly at: number;
  /** For `close-notify`: whether FIN had followed by the end of the watch; absent if nobody watched for it. */
  readonly fin?: boolean | undefined;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number | undefined;
  /** Only if we ended it. */
  readonly error?: undefined;
}

/** We ended the connection: `closed`, or `error` if it cannot be read any more, after a TLS alert for instance. */
export interface OwnEnd {
  /** Who ended it. */
  readonly by: "us";
  /** Whether we closed it, or could not read it any more. */
  readonly how: "closed" | "error";
  /** `performance.now()` */
  readonly at: number;
  /** Present with `error`. */
  readonly error?: Error | undefined;
  /** Only if the peer ended it. */
  readonly fin?: undefined;
  /** Only if the peer ended it. */
  readonly finAfter?: undefined;
}

/** The end of a connection. */
export type StreamEnd = PeerEnd | OwnEnd;
