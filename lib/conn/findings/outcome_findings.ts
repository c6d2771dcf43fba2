/**
 * Advice that follows from the outcome of one experiment.
 *
 * @module
 */

import type { Finding } from "../../result.ts";

/** Advice that an outcome brings with it. */
export interface OutcomeFinding extends Omit<Finding, "message"> {
  readonly outcome: string;
  /** Facts under which the outcome is in order. */
  readonly unless?: (facts: Readonly<Record<string, unknown>>) => boolean;
}

/** Advice where an outcome decides. */
export const BY_OUTCOME: readonly OutcomeFinding[] = [
  {
    code: "keep-alive-lie",
    severity: "problem",
    experiment: "keep-alive",
    outcome: "lie",
    advice:
      "send Connection: close where the connection is closed, or keep it open as announced: a client that believes the answer loses its next request",
  },
  {
    code: "silent-close",
    severity: "warning",
    experiment: "close",
    outcome: "silent",
    advice:
      "send Connection: close in the last answer (RFC 9112 §9.6), so that a client knows that no further request is possible",
  },
  {
    code: "close-ignored",
    severity: "warning",
    experiment: "close",
    outcome: "left-open",
    advice:
      "close after the answer to a request with Connection: close (RFC 9112 §9.6): clients wait for it, and the connection takes up resources",
  },
  {
    code: "http10-unframed",
    severity: "problem",
    experiment: "http10",
    outcome: "unframed-open",
    advice: "send Content-Length, or close after the answer: an HTTP/1.0 client cannot tell where it ends",
  },
  {
    code: "http10-left-open",
    severity: "warning",
    experiment: "http10",
    outcome: "left-open",
    advice:
      "close after the answer to an HTTP/1.0 request without keep-alive: old clients and health checks wait for the end",
  },
  {
    code: "head-differs",
    severity: "warning",
    experiment: "head",
    outcome: "differs",
    advice: "answer HEAD with the status and fields of GET (RFC 9110 §9.3.2): caches and monitors rely on it",
  },
  {
    code: "framing-anomaly",
    severity: "problem",
    experiment: "head",
    outcome: "has-body",
    advice: "send no content in answer to HEAD: it is taken for the next answer on the connection",
  },
  {
    code: "conditional-broken",
    severity: "problem",
    experiment: "conditional",
    outcome: "broken",
    advice:
      "a 304 has no content, and a 206 the octets that were asked for (RFC 9110 §15.4.5, §15.3.7): caches put wrong content together",
  },
  {
    code: "pipelining-broken",
    severity: "problem",
    experiment: "pipelining",
    outcome: "reordered",
    advice:
      "answer in the order of the requests (RFC 9112 §9.3.2): whoever pipelines, proxies included, gives an answer to the wrong request",
  },
  ...["first-only", "refused", "closed", "mixed"].map((outcome): OutcomeFinding => ({
    code: "pipelining-broken",
    severity: "warning",
    experiment: "pipelining",
    outcome,
    // Who closes after every answer, or after so many, and says so, takes as many requests on each connection.
    unless: ({ kept, cap, answered }) => outcome === "closed" && (kept === false || cap === answered),
    advice: "do not pipeline to this server: requests behind the first one are lost",
  })),
  {
    code: "no-close-notify",
    severity: "warning",
    experiment: "tls",
    outcome: "no-close-notify",
    advice:
      "send close_notify before closing (RFC 8446 §6.1): otherwise a cut cannot be told from the end of an answer",
  },
  {
    code: "addresses-differ",
    severity: "problem",
    experiment: "addresses",
    outcome: "differ",
    advice:
      "bring the servers behind the name to one configuration: what clients see depends on the address that they get",
  },
  {
    code: "closes-on-error-status",
    severity: "warning",
    experiment: "statuses",
    outcome: "closes-on-some",
    advice:
      "keep the connection open after such answers where the request was read to its end: each one costs the client a new connection",
  },
  ...["dropped", "changed", "partial"].map((outcome): OutcomeFinding => ({
    code: "half-close-drops-answer",
    severity: "warning",
    experiment: "half-close",
    outcome,
    advice:
      "go on with the request and its answer after the client's FIN: simple clients and some health checks end their side first",
  })),
  {
    code: "reset-loses-answer",
    severity: "problem",
    experiment: "early-answer",
    outcome: "lost",
    advice:
      "read on for a moment after an early answer before closing (lingering close, RFC 9112 §9.6): the reset destroys the answer on its way",
  },
  {
    code: "idle-race",
    severity: "warning",
    experiment: "reuse-race",
    outcome: "loses",
    advice:
      "let clients and proxies drop idle connections before the server does, and repeat idempotent requests that got no answer",
  },
  {
    code: "lost-in-silence",
    severity: "problem",
    experiment: "idle-timeout",
    outcome: "lost",
    advice:
      "let both ends close idle connections, or send TCP keep-alive probes, before what lies between them forgets them; --idle-limit finds after how long that is",
  },
  {
    code: "desync-risk",
    severity: "problem",
    experiment: "desync",
    outcome: "keeps-open",
    advice:
      "refuse requests whose end can be read in two ways, or close after them (RFC 9112 §6.1, §11.2): behind a proxy they smuggle requests",
  },
  {
    code: "desync-risk",
    severity: "problem",
    experiment: "chunked-request",
    outcome: "out-of-step",
    advice:
      "read chunked content to its end, or refuse it with 411 or 501 and close (RFC 9112 §6.1, §7.1): what is left of it is taken for the next request, behind a proxy for that of somebody else",
  },
  {
    code: "buffered-on-the-way",
    severity: "warning",
    experiment: "streaming",
    outcome: "at-once",
    advice:
      "if the answer is made piece by piece, switch buffering off on the way (nginx: proxy_buffering off or X-Accel-Buffering: no)",
  },
];
