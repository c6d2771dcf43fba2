/**
 * Names of experiments and findings of connection profiles. A test holds them against the experiments themselves, which
 * are not loaded for the sake of a name.
 *
 * @module
 */

/** Names that may follow `experiments.`. */
export const EXPERIMENT_NAMES: readonly string[] = [
  "keep-alive",
  "close",
  "http10",
  "head",
  "conditional",
  "pipelining",
  "idle-timeout",
  "tls",
  "addresses",
  "streaming",
  "max-requests",
  "reuse-race",
  "statuses",
  "expect-continue",
  "early-answer",
  "half-close",
  "chunked-request",
  "first-byte-silence",
  "slow-head",
  "slow-body",
  "limits",
  "leniency",
  "desync",
];

/** Names that may follow `findings.`: severities and codes. */
export const FINDING_GROUPS: readonly string[] = [
  "problem",
  "warning",
  "info",
  "addresses-differ",
  "backends-differ",
  "buffered-on-the-way",
  "certificates-differ",
  "close-ignored",
  "closes-on-error-status",
  "conditional-broken",
  "desync-risk",
  "flow-forgotten",
  "framing-anomaly",
  "half-close-drops-answer",
  "head-differs",
  "http10-left-open",
  "http10-unframed",
  "idle-longer-than-proxy",
  "idle-race",
  "idle-shorter-than-proxy",
  "idle-unknown",
  "idle-within-flow",
  "keep-alive-lie",
  "lost-in-silence",
  "no-close-notify",
  "old-tls",
  "out-of-time",
  "pipelining-broken",
  "rate-limited",
  "reset-loses-answer",
  "service-down",
  "silent-close",
  "status-changed",
];
