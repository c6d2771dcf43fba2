/**
 * The end of a connection as its reader saw it: types only.
 *
 * @module
 */

/** The peer ended the connection. */
export interface PeerEnd {
  /** Who ended it. */
  readonly by: "peer";
  /** FIN, close_notify over TLS, RST, or FIN without close_notify. */
  readonly how: "fin" | "close-notify" | "rst" | "tls-truncated";
  /** `performance.now()` at the end. */
  readonly at: number;
  /** For `close-notify`: whether FIN followed during the watch; absent if nobody watched for it. */
  readonly fin?: boolean | undefined;
  /** Milliseconds from close_notify to FIN. */
  readonly finAfter?: number | undefined;
  /** Present only if we ended it. */
  readonly error?: undefined;
}

/** We ended the connection: `closed`, or `error` if it became unreadable, for instance after a TLS alert. */
export interface OwnEnd {
  /** Who ended it. */
  readonly by: "us";
  /** Distinguishes our own close from a connection that could not be read. */
  readonly how: "closed" | "error";
  /** `performance.now()` at the end. */
  readonly at: number;
  /** Present with `error`. */
  readonly error?: Error | undefined;
  /** Present only if the peer ended it. */
  readonly fin?: undefined;
  /** Present only if the peer ended it. */
  readonly finAfter?: undefined;
}

/** The end of a connection. */
export type StreamEnd = PeerEnd | OwnEnd;
