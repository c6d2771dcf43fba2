/**
 * The kinds of errors and their consequences. To add a kind, add a row here; it is public, and `docs/library.md` lists it.
 *
 * @module
 */

/**
 * The reason why content was not read to its end.
 *
 * - `truncated`: the peer ended the stream before the content was complete
 * - `limit`: the content exceeds a limit, for instance `maxBody`
 * - `deadline`: the time limit passed
 * - `stopped`: sonde was interrupted, or did not need the rest
 * - `unreadable`: the framing or the head is malformed
 * - `local`: a fault of this machine ended the probe
 * - `head`: the method was `HEAD`, so the response has no content
 */
export type UnreadReason =
  | "truncated"
  | "limit"
  | "deadline"
  | "stopped"
  | "unreadable"
  | "local"
  | "head";

/** The consequences of one kind of error. */
interface Consequences {
  /** Reason for incomplete content if reading ended with this error. */
  readonly unread: UnreadReason;
  /**
   * After this error over https, sonde tries a bare host over http, because the server may not speak TLS on its port.
   */
  readonly plainMayAnswer: boolean;
  /** The cause may pass soon, so another try may succeed. */
  readonly passes: boolean;
}

/** The consequences of errors by kind. */
export const ERROR_KINDS = {
  resolve: { unread: "local", plainMayAnswer: false, passes: true },
  refused: { unread: "local", plainMayAnswer: true, passes: true },
  unreachable: { unread: "truncated", plainMayAnswer: true, passes: true },
  timeout: { unread: "deadline", plainMayAnswer: true, passes: true },
  reset: { unread: "truncated", plainMayAnswer: true, passes: true },
  closed: { unread: "truncated", plainMayAnswer: true, passes: true },
  truncated: { unread: "truncated", plainMayAnswer: false, passes: true },
  // A server with a refused certificate did answer.
  certificate: { unread: "local", plainMayAnswer: false, passes: false },
  // In the middle of content, this error is an alert with which the peer ended the stream.
  tls: { unread: "truncated", plainMayAnswer: true, passes: true },
  syntax: { unread: "unreadable", plainMayAnswer: false, passes: false },
  limit: { unread: "limit", plainMayAnswer: false, passes: false },
  redirect: { unread: "stopped", plainMayAnswer: false, passes: false },
  permission: { unread: "local", plainMayAnswer: false, passes: false },
  resource: { unread: "local", plainMayAnswer: false, passes: false },
  aborted: { unread: "stopped", plainMayAnswer: false, passes: false },
  usage: { unread: "local", plainMayAnswer: false, passes: false },
  internal: { unread: "local", plainMayAnswer: false, passes: false },
} as const satisfies Readonly<Record<string, Consequences>>;

/** The kind of an error, from a closed list that is part of the public interface. */
export type ErrorKind = keyof typeof ERROR_KINDS;
