/**
 * The defaults of options, each in this one place: code, help texts and documentation take them from here.
 *
 * @module
 */

/** Defaults of a probe, of each request of a series or session, and of each target of a batch. */
export const PROBE_DEFAULTS = {
  /** Milliseconds for one exchange. */
  maxTime: 10_000,
  /** Milliseconds for connecting to one address. As with curl, the TLS handshake gets the same again. */
  connectTimeout: 5_000,
  /** Lengths of a limit that lost time adds to it at most. */
  lostTimeAllowance: 1,
  /** Octets of content. */
  maxBody: 10 * 1024 * 1024,
  /** A FIN that comes with the answer is seen within `kept`; a server that means its `close` is done within `closing`. */
  linger: { kept: 3, closing: 1_000 },
  maxRedirects: 0,
} as const;

/** A batch looks at a connection that stays only once, and gives a server that announces a close a moment. */
export const BATCH_LINGER = { kept: 0, closing: 300 } as const;

/** Defaults of running a batch. */
export const BATCH_DEFAULTS = {
  concurrency: 50,
  perHost: Infinity,
  rate: Infinity,
  retries: 0,
  window: 10_000,
  lookAhead: 10_000,
} as const;

/** Defaults of an exchange of octets. */
export const RAW_DEFAULTS = {
  maxTime: 60_000,
  connectTimeout: PROBE_DEFAULTS.connectTimeout,
  /** Milliseconds of silence that end the exchange. */
  silenceTimeout: 2_000,
  /** The same until the first octet has come. */
  firstSilenceTimeout: 10_000,
  maxReceived: PROBE_DEFAULTS.maxBody,
} as const;

/** Defaults of a download. */
export const DOWNLOAD_DEFAULTS = {
  maxTime: Infinity,
  connectTimeout: PROBE_DEFAULTS.connectTimeout,
  maxBody: Infinity,
  maxRedirects: 0,
  /** Milliseconds without anything new. */
  stallTimeout: 30_000,
} as const;
