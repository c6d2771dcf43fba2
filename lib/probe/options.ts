/**
 * What a probe can be told: the same for one target, a series and a batch.
 *
 * @module
 */

import type { LimitsInput } from "../http/limits.ts";
import type { WireEvent } from "../wire/wire_event.ts";
import type { HeadersInput } from "./header_changes.ts";

/** Use these addresses for a host and port, without a lookup. */
export interface ResolveRule {
  /** As a target has it: in lower case and ASCII, no brackets; `*` is every host that no other rule names. */
  readonly host: string;
  /** The port that it is for. */
  readonly port: number;
  /** In the order in which they are to be tried. */
  readonly addresses: readonly string[];
}

/** For requests to one host and port, connect to another; the request, SNI and certificate check stay the same. */
export interface ConnectToRule {
  /** As a target has it: in lower case and ASCII, no brackets; `undefined` is every host. */
  readonly host: string | undefined;
  /** `undefined` is every port. */
  readonly port: number | undefined;
  /** `undefined` leaves the host as it is. */
  readonly toHost: string | undefined;
  /** `undefined` leaves the port as it is. */
  readonly toPort: number | undefined;
}

/** What is sent. */
export interface RequestOptions {
  /**
   * Method to send.
   *
   * @default {"GET"}
   */
  readonly method?: string | undefined;
  /**
   * Header fields to send. A field with the name of a default field (`Host`, `User-Agent`, `Accept`, `Authorization`,
   * `Content-Length`) replaces it; `null` or `undefined` as its value removes the default field.
   */
  readonly headers?: HeadersInput | undefined;
  /** Content as it is to stand on the wire; a string is sent as UTF-8. `Content-Length` is added, unless `headers` have a `Transfer-Encoding`. */
  readonly body?: Uint8Array | string | undefined;
  /**
   * Value of User-Agent.
   *
   * @default {"sonde/VERSION"}
   */
  readonly userAgent?: string | undefined;
  /** For Basic authentication (RFC 7617); those in a URL come first. Not sent to another origin. */
  readonly credentials?: { readonly user: string; readonly password: string } | undefined;
  /**
   * Version to send.
   *
   * @default {"1.1"}
   */
  readonly version?: "1.0" | "1.1" | undefined;
  /** Sent in place of path and query, as it is. */
  readonly requestTarget?: string | undefined;
  /** Sent in place of everything else, octet by octet; its first word is taken for the method. */
  readonly rawRequest?: Uint8Array | undefined;
}

/** How the server is reached. */
export interface ReachOptions {
  /** Only addresses of this family. */
  readonly family?: 4 | 6 | undefined;
  /** Addresses for names, in place of a lookup; the last that fits counts. */
  readonly resolve?: readonly ResolveRule[] | undefined;
  /** Other places to connect to; the first that fits counts. */
  readonly connectTo?: readonly ConnectToRule[] | undefined;
  /** Path of a Unix socket to connect through. */
  readonly unixSocket?: string | undefined;
  /**
   * Refuses to connect to this machine, to private networks and to all other addresses that are not of the public
   * internet: for targets that come from somebody else. What is judged is the address that would be connected to, at every
   * hop of a redirect; of a name with several addresses, all have to be public. A Unix socket is refused as well. The
   * result is an error of the kind `permission`, and nothing has been sent.
   *
   * @default {false}
   */
  readonly denyPrivate?: boolean | undefined;
  /** Name for SNI and the certificate check in place of the host. */
  readonly sni?: string | undefined;
  /** Protocols to offer by ALPN. */
  readonly alpn?: readonly string[] | undefined;
  /**
   * False goes on with a certificate that cannot be verified; the verdict is in the result either way.
   *
   * @default {true}
   */
  readonly verify?: boolean | undefined;
  /** Certificate authorities to trust, PEM. */
  readonly caCerts?: readonly string[] | undefined;
  /** Client certificate, PEM. */
  readonly cert?: string | undefined;
  /** Private key of the client certificate, PEM; without it, it stands in the text of `cert`. */
  readonly key?: string | undefined;
}

/** How long and how much. */
export interface LimitOptions {
  /**
   * Milliseconds for one whole exchange, name lookup to last octet.
   *
   * @default {10_000}
   */
  readonly maxTime?: number | undefined;
  /**
   * How much of the time that this process lost, stopped or busy, is added to a time limit at most, in lengths of that
   * limit. From 1 on. A timeout in which a fifth of the time or more was lost is a local fault; with more than 1 only if
   * the target did not have its whole limit.
   *
   * @default {1}
   */
  readonly lostTimeAllowance?: number | undefined;
  /**
   * Milliseconds for connecting to one address.
   *
   * @default {5_000}
   */
  readonly connectTimeout?: number | undefined;
  /**
   * Milliseconds to listen on a new connection before the request is sent, as part of `timings.total`. Octets that come by
   * then came unasked, and end the probe; without this they are read as the answer, as they take no longer than one.
   */
  readonly listenFirst?: number | undefined;
  /** Milliseconds from the last octet sent to the first received. */
  readonly firstByteTimeout?: number | undefined;
  /** Limits of the reader that differ from its defaults. */
  readonly limits?: LimitsInput | undefined;
  /**
   * Octets of content; what goes beyond ends the probe with `limit`. Content that is decoded has the same limit after
   * decoding; what goes beyond that is `body.coding.error`.
   *
   * @default {10_485_760}
   */
  readonly maxBody?: number | undefined;
  /**
   * Milliseconds to watch the connection after the last octet of a response.
   *
   * @default {{ kept: 3, closing: 1_000 }}
   */
  readonly linger?: Linger | undefined;
}

/** How long a connection is watched once the response is complete, in milliseconds. */
export interface Linger {
  /** When the response says that the connection persists: a close now would be a lie. */
  readonly kept: number;
  /** When the response says that the server closes: staying open would be a lie. */
  readonly closing: number;
}

/** Everything that {@linkcode probe} can be told. */
export interface ProbeOptions extends RequestOptions, ReachOptions, LimitOptions {
  /**
   * How many redirects to follow; 0 shows a redirect without following it.
   *
   * @default {0}
   */
  readonly maxRedirects?: number | undefined;
  /**
   * Keep the content as text in `body.text`: gzip, deflate and br are undone, within `maxBody`, and the octets decoded by
   * the charset of Content-Type. Where that is not possible, `body.coding.error` says why, and there is no text.
   *
   * @default {false}
   */
  readonly keepText?: boolean | undefined;
  /**
   * Compute `body.sha256` of the content as it came (content coding not undone).
   *
   * @default {false}
   */
  readonly keepSha256?: boolean | undefined;
  /**
   * Keep what was written as a request in `request`; values of `Authorization`, `Proxy-Authorization` and `Cookie` are
   * masked there.
   *
   * @default {false}
   */
  readonly keepRequest?: boolean | undefined;
  /** Given the content as it comes; the octets are valid during the call only. */
  readonly onBody?: ((data: Uint8Array) => void) | undefined;
  /** Given everything that happens on the wire; the octets are valid during the call only. */
  readonly onWire?: ((event: WireEvent) => void) | undefined;
  /** Ends the probe with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}
