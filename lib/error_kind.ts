/**
 * The kinds of errors, and what follows from each. A new kind is a row here; it is public, and `docs/library.md` lists it.
 *
 * @module
 */

/**
 * Why content was not read to its end.
 *
 * - `truncated`: the peer ended the stream before it
 * - `limit`: it passes a limit, as `--max-body`
 * - `deadline`: time was up
 * - `stopped`: sonde was interrupted, or had no use for the rest
 * - `unreadable`: it breaks the rules of its framing, or the head does
 * - `local`: this machine could not go on
 * - `head`: the request was `HEAD`, so the answer has none
 */
export type UnreadReason =
  | "truncated"
  | "limit"
  | "deadline"
  | "stopped"
  | "unreadable"
  | "local"
  | "head";

/** Consequences of an error of one kind. */
interface Consequences {
  /** Why content is incomplete if reading it ended with this error. */
  readonly unread: UnreadReason;
  /** After this failure over https, a bare host is tried over http: a server may listen there that speaks no TLS. */
  readonly plainMayAnswer: boolean;
  /** The failure may be over soon, so that another try is worth it. */
  readonly passes: boolean;
}

/** What follows from an error, by kind. */
export const ERROR_KINDS = {
  resolve: { unread: "local", plainMayAnswer: false, passes: true },
  refused: { unread: "local", plainMayAnswer: true, passes: true },
  unreachable: { unread: "truncated", plainMayAnswer: true, passes: true },
  timeout: { unread: "deadline", plainMayAnswer: true, passes: true },
  reset: { unread: "truncated", plainMayAnswer: true, passes: true },
  closed: { unread: "truncated", plainMayAnswer: true, passes: true },
  truncated: { unread: "truncated", plainMayAnswer: false, passes: true },
  // A certificate that is refused is an answer.
  certificate: { unread: "local", plainMayAnswer: false, passes: false },
  // In the middle of content it is an alert, with which the peer ended the stream.
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

/** The kind of an error: a closed list, part of the public interface. */
export type ErrorKind = keyof typeof ERROR_KINDS;
