/**
 * The options and the result of an exchange of octets: types only.
 *
 * @module
 */

import type { ReachOptions } from "../probe/options.ts";
import type { ConnectionEnd, ConnectTry, Endpoint, ProbeError, Timings, TlsFacts } from "../result.ts";
import type { OptionNames } from "../text/check_options.ts";
import type { WireEvent } from "../wire/wire_event.ts";

/** The reason why reading ended: the `peer` closed or reset, or a limit was reached. */
export type RawStop = "peer" | "silence" | "max-received" | "until" | "error";

/** Everything about one exchange of octets. */
export interface RawResult {
  /** Version of this form. */
  schema: 1;
  /** As the user wrote it. */
  input: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** The connection was made, the peer took everything that it wanted, and reading ended as it should. */
  ok: boolean;
  /** Present if it is not ok. */
  error?: ProbeError;
  /** Octets that the system has taken for sending. */
  sent: number;
  /** Octets that came. */
  received: number;
  /**
   * Octets that had come before the first octet was sent: a greeting. Octets that are sent immediately leave a server no time
   * for one, so 0 says only that none had come yet. Absent if nothing was sent.
   */
  early?: number;
  /** The octets that came; absent if `onReceived` took them. */
  data?: Uint8Array<ArrayBuffer>;
  /** The reason why reading ended; absent if there was no connection. */
  stop?: RawStop;
  /** The end of the connection; `after` counts from the last octet that went over it. */
  end?: ConnectionEnd;
  /** Durations in milliseconds; `wait` from the last octet sent to the first received. */
  timings: Timings;
  /** The two ends of the connection. */
  connection?: { peer: Endpoint & { family?: 4 | 6 }; local: Endpoint };
  /** The facts of the TLS handshake. */
  tls?: TlsFacts;
  /** Every address tried, in order, when at least one failed. */
  tries?: ConnectTry[];
}

/** The options of TLS, as for a probe; no protocol is offered by ALPN unless `alpn` names one. */
export type RawTlsOptions = Pick<ReachOptions, "sni" | "alpn" | "verify" | "caCerts" | "cert" | "key">;

/** One turn of a dialogue. */
export interface RawTurn {
  /** Octets that have to come first, counted from when the turn before was sent. */
  readonly after?: Uint8Array | string | undefined;
  /** Octets to send; text goes out as UTF-8. */
  readonly send: Uint8Array | string;
}

/** Options of {@linkcode exchangeRaw}. */
export interface RawOptions {
  /**
   * Octets to send; text is sent as UTF-8. Pieces are sent as they come. A turn is sent when its prompt has come: many servers,
   * of SMTP for instance, refuse octets that are sent before it is the client's turn.
   */
  readonly send?: Uint8Array | string | AsyncIterable<Uint8Array> | readonly RawTurn[] | undefined;
  /** TLS over the connection. */
  readonly tls?: boolean | RawTlsOptions | undefined;
  /** Only addresses of this family. */
  readonly family?: 4 | 6 | undefined;
  /** Path of a Unix socket to connect to instead. */
  readonly unixSocket?: string | undefined;
  /**
   * Refuses to connect to addresses that are not of the public internet, as for `probe()`.
   *
   * @default {false}
   */
  readonly denyPrivate?: boolean | undefined;
  /**
   * End our side once everything is sent: FIN, on TLS with close_notify before.
   *
   * @default {false}
   */
  readonly halfClose?: boolean | undefined;
  /**
   * Milliseconds of silence that end the exchange, once everything is sent or while a turn waits.
   *
   * @default {2_000} but 10 s for the first octet
   */
  readonly silenceTimeout?: number | undefined;
  /**
   * Octets to read at most.
   *
   * @default {10_485_760}, without limit if `onReceived` takes them
   */
  readonly maxReceived?: number | undefined;
  /** Octets that end the exchange when they have come, once no turn waits any more. */
  readonly until?: Uint8Array | string | undefined;
  /** Given the octets as they come, in place of `data`; they are valid until the promise that it gives is settled. */
  readonly onReceived?: ((data: Uint8Array) => void | Promise<void>) | undefined;
  /** Given everything that happens on the wire; the octets are valid during the call only. */
  readonly onWire?: ((event: WireEvent) => void) | undefined;
  /**
   * Milliseconds for the whole.
   *
   * @default {60_000}
   */
  readonly maxTime?: number | undefined;
  /**
   * Milliseconds for connecting to one address, and for the TLS handshake.
   *
   * @default {5_000}
   */
  readonly connectTimeout?: number | undefined;
  /** Ends the exchange with `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

const TLS_NAMES = {
  sni: true,
  alpn: true,
  verify: true,
  caCerts: true,
  cert: true,
  key: true,
} as const satisfies OptionNames<RawTlsOptions>;

/** Names of {@linkcode RawOptions}. */
export const RAW_OPTION_NAMES = {
  send: [{ after: true, send: true } satisfies OptionNames<RawTurn>],
  tls: TLS_NAMES,
  family: true,
  unixSocket: true,
  denyPrivate: true,
  halfClose: true,
  silenceTimeout: true,
  maxReceived: true,
  until: true,
  onReceived: true,
  onWire: true,
  maxTime: true,
  connectTimeout: true,
  signal: true,
} as const satisfies OptionNames<RawOptions>;
