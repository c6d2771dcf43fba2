/**
 * Options of a probe, which a series, a session and a batch take too.
 *
 * @module
 */

import type { LimitsInput } from "../http/limits.ts";
import type { WireEvent } from "../wire/wire_event.ts";
import type { HeadersInput } from "./header_changes.ts";

/** Addresses for a host and port, used without a lookup. */
export interface ResolveRule {
  /** Host as a target has it: lower case, ASCII, no brackets. `*` stands for every host that no other rule names. */
  readonly host: string;
  /** Port that the rule applies to. */
  readonly port: number;
  /** Addresses to try, in this order. */
  readonly addresses: readonly string[];
}

/** Another place to connect to for one host and port. The request, SNI and the certificate check stay the same. */
export interface ConnectToRule {
  /** Host as a target has it: lower case, ASCII, no brackets. `undefined` stands for every host. */
  readonly host: string | undefined;
  /** Port; `undefined` stands for every port. */
  readonly port: number | undefined;
  /** Host to connect to; `undefined` keeps the host. */
  readonly toHost: string | undefined;
  /** Port to connect to; `undefined` keeps the port. */
  readonly toPort: number | undefined;
}

/** Options for the request. */
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
  /** Content to send as it is; a string is sent as UTF-8. The probe adds `Content-Length`, unless `headers` have a `Transfer-Encoding`. */
  readonly body?: Uint8Array | string | undefined;
  /**
   * Value of User-Agent.
   *
   * @default {"sonde/VERSION"}
   */
  readonly userAgent?: string | undefined;
  /** Credentials for Basic authentication (RFC 7617). Those in a URL take precedence. Never sent to another origin. */
  readonly credentials?: { readonly user: string; readonly password: string } | undefined;
  /**
   * HTTP version to send.
   *
   * @default {"1.1"}
   */
  readonly version?: "1.0" | "1.1" | undefined;
  /** Request target to send as it is, instead of path and query. */
  readonly requestTarget?: string | undefined;
  /** Octets to send instead of a composed request. Its first word counts as the method. */
  readonly rawRequest?: Uint8Array | undefined;
}

/** Options for reaching the server. */
export interface ReachOptions {
  /** Address family to use; addresses of the other family are ignored. */
  readonly family?: 4 | 6 | undefined;
  /** Addresses for names, used instead of a lookup. The last rule that matches applies. */
  readonly resolve?: readonly ResolveRule[] | undefined;
  /** Other places to connect to. The first rule that matches applies. */
  readonly connectTo?: readonly ConnectToRule[] | undefined;
  /** Path of a Unix socket to connect through. */
  readonly unixSocket?: string | undefined;
  /**
   * Refuses to connect to this machine, to private networks and to every other address outside the public internet. Set
   * it for targets that come from somebody else. The probe checks the address it would connect to, at every hop of a
   * redirect; all addresses of a name must be public. It refuses a Unix socket too. The result then has an error of the
   * kind `permission`, and nothing was sent.
   *
   * @default {false}
   */
  readonly denyPrivate?: boolean | undefined;
  /** Name for SNI and the certificate check, instead of the host. */
  readonly sni?: string | undefined;
  /** Protocols to offer by ALPN. */
  readonly alpn?: readonly string[] | undefined;
  /**
   * `false` accepts a certificate that cannot be verified. The result has the verdict either way.
   *
   * @default {true}
   */
  readonly verify?: boolean | undefined;
  /** Certificate authorities to trust, PEM. */
  readonly caCerts?: readonly string[] | undefined;
  /** Client certificate, PEM. */
  readonly cert?: string | undefined;
  /** Private key of the client certificate, PEM. Without it, `cert` must contain the key. */
  readonly key?: string | undefined;
}

/** Limits of time and size. */
export interface LimitOptions {
  /**
   * Milliseconds for one whole exchange, from the name lookup to the last octet.
   *
   * @default {10_000}
   */
  readonly maxTime?: number | undefined;
  /**
   * While this process is stopped or busy, the target cannot be heard. The probe adds such lost time to a time limit, up to
   * this many times the limit; at least 1. A timeout that lost a fifth of its time or more is a local fault. With more
   * than 1 it is one only if the target did not have its whole limit.
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
   * Milliseconds to listen on a new connection before sending the request; `timings.total` includes them. Octets that
   * arrive by then are unasked for and end the probe. Without this option the probe reads them as the answer.
   */
  readonly listenFirst?: number | undefined;
  /** Milliseconds from the last octet sent to the first octet received. */
  readonly firstByteTimeout?: number | undefined;
  /** Parser limits that differ from their defaults. */
  readonly limits?: LimitsInput | undefined;
  /**
   * Maximum octets of content; more end the probe with the error `limit`. The same limit applies to decoded content; if
   * that exceeds it, `body.coding.error` says so.
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

/** Milliseconds to watch a connection once the response is complete. */
export interface Linger {
  /** If the response promises that the connection persists: a close now breaks the promise. */
  readonly kept: number;
  /** If the response announces a close: a connection that stays open contradicts it. */
  readonly closing: number;
}

/** Options of {@linkcode probe}. */
export interface ProbeOptions extends RequestOptions, ReachOptions, LimitOptions {
  /**
   * Number of redirects to follow; 0 shows a redirect without following it.
   *
   * @default {0}
   */
  readonly maxRedirects?: number | undefined;
  /**
   * Keeps the content as text in `body.text`. The probe undoes gzip, deflate and br, within `maxBody`, and decodes the
   * octets by the charset of `Content-Type`. If it cannot, there is no text, and `body.coding.error` says why.
   *
   * @default {false}
   */
  readonly keepText?: boolean | undefined;
  /**
   * Keeps the SHA-256 of the content in `body.sha256`, as it arrived, before any content coding is undone.
   *
   * @default {false}
   */
  readonly keepSha256?: boolean | undefined;
  /**
   * Keeps the request as it was written in `request`. The values of `Authorization`, `Proxy-Authorization` and `Cookie`
   * are masked.
   *
   * @default {false}
   */
  readonly keepRequest?: boolean | undefined;
  /** Called with each piece of content. The octets are valid during the call only. */
  readonly onBody?: ((data: Uint8Array) => void) | undefined;
  /** Called with every event on the wire. The octets are valid during the call only. */
  readonly onWire?: ((event: WireEvent) => void) | undefined;
  /** Ends the probe with the error `aborted`. */
  readonly signal?: AbortSignal | undefined;
}
