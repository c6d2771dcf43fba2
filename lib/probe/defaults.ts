/**
 * The defaults of options, defined only here: code, help texts and documentation use these values.
 *
 * @module
 */

/** Defaults of a probe, of each request of a series or session, and of each target of a batch. */
export const PROBE_DEFAULTS = {
  /** Milliseconds for one exchange. */
  maxTime: 10_000,
  /**
   * Milliseconds for connecting to one address. As with curl, the TLS handshake gets another limit of the same length.
   */
  connectTimeout: 5_000,
  /** Maximum lost time added to a limit, in lengths of that limit. */
  lostTimeAllowance: 1,
  /** Maximum octets of content. */
  maxBody: 10 * 1024 * 1024,
  /**
   * `kept` is enough to see a FIN that comes with the answer; `closing` is enough for a server that does close as
   * announced.
   */
  linger: { kept: 3, closing: 1_000 },
  maxRedirects: 0,
} as const;

/** A batch looks only once at a connection that stays open, and gives a server that announces a close a moment. */
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

/** Defaults of a raw exchange. */
export const RAW_DEFAULTS = {
  maxTime: 60_000,
  connectTimeout: PROBE_DEFAULTS.connectTimeout,
  /** Milliseconds of silence that end the exchange. */
  silenceTimeout: 2_000,
  /** Milliseconds of silence before the first octet that end the exchange. */
  firstSilenceTimeout: 10_000,
  maxReceived: PROBE_DEFAULTS.maxBody,
} as const;

/** Defaults of a download. */
export const DOWNLOAD_DEFAULTS = {
  maxTime: Infinity,
  connectTimeout: PROBE_DEFAULTS.connectTimeout,
  maxBody: Infinity,
  maxRedirects: 0,
  /** Milliseconds without new octets. */
  stallTimeout: 30_000,
} as const;
