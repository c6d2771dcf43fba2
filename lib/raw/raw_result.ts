/**
 * The options and the result of a raw exchange: types only.
 *
 * @module
 */

import type { ReachOptions } from "../probe/options.ts";
import type { ConnectionEnd, ConnectTry, Endpoint, ProbeError, Timings, TlsFacts } from "../result.ts";
import type { OptionNames } from "../text/check_options.ts";
import type { WireEvent } from "../wire/wire_event.ts";

/** The reason why reading ended: the `peer` closed or reset, or a limit was reached. */
export type RawStop = "peer" | "silence" | "max-received" | "until" | "error";

/** The data of one raw exchange. */
export interface RawResult {
  /** Version of the format. */
  schema: 1;
  /** The target as the user wrote it. */
  input: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** The connection was opened, the peer accepted all octets it wanted, and reading ended without an error. */
  ok: boolean;
  /** Present if `ok` is false. */
  error?: ProbeError;
  /** Octets that the system accepted for sending. */
  sent: number;
  /** Octets that came. */
  received: number;
  /**
   * Octets that came before the first octet was sent: a greeting. If you send immediately, the server has no time for a
   * greeting, so 0 says only that none had come. Absent if nothing was sent.
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
  /** Octets that have to come first, counted from the end of the previous turn. */
  readonly after?: Uint8Array | string | undefined;
  /** Octets to send; text goes out as UTF-8. */
  readonly send: Uint8Array | string;
}

/** Options of {@linkcode exchangeRaw}. */
export interface RawOptions {
  /**
   * Octets to send; text is sent as UTF-8. Pieces are sent as they come. A turn is sent after its prompt has come: many
   * servers, for instance of SMTP, refuse octets that come before the client's turn.
   */
  readonly send?: Uint8Array | string | AsyncIterable<Uint8Array> | readonly RawTurn[] | undefined;
  /** Uses TLS on the connection. */
  readonly tls?: boolean | RawTlsOptions | undefined;
  /** Use only addresses of this family. */
  readonly family?: 4 | 6 | undefined;
  /** Path of a Unix socket to connect to instead. */
  readonly unixSocket?: string | undefined;
  /**
   * Refuses to connect to addresses outside the public internet, as `probe()` does.
   *
   * @default {false}
   */
  readonly denyPrivate?: boolean | undefined;
  /**
   * Ends our side once everything is sent: FIN, preceded by close_notify on TLS.
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
   * Maximum octets to read.
   *
   * @default {10_485_760}, without limit if `onReceived` takes them
   */
  readonly maxReceived?: number | undefined;
  /** Octets that end the exchange when they come, once no turn is waiting. */
  readonly until?: Uint8Array | string | undefined;
  /** Receives the octets as they come, in place of `data`; they are valid until its promise settles. */
  readonly onReceived?: ((data: Uint8Array) => void | Promise<void>) | undefined;
  /** Called with every event on the wire; the octets are valid only during the call. */
  readonly onWire?: ((event: WireEvent) => void) | undefined;
  /**
   * Milliseconds for the whole exchange.
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
  /** Ends the exchange with the error `aborted`. */
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
