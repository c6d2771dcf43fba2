/**
 * From measured facts to advice.
 *
 * @module
 */

import type { ExperimentReport, Finding } from "../result.ts";
import { findIdleProblem } from "./idle_finding.ts";
import type { Front } from "./options.ts";

type Experiments = Readonly<Record<string, ExperimentReport>>;
type Rule = (experiments: Experiments, front: Front | undefined) => Finding | undefined;

/** A server may count an announced timeout from an earlier moment; in seconds. */
const TOLERANCE = 0.3;

/** Deviations that make one recipient read another message than the next one. */
const FRAMING_DEVIATIONS: ReadonlySet<string> = new Set([
  "te-and-cl",
  "te-in-http10",
  "te-not-chunked-final",
  "te-duplicate-chunked",
  "duplicate-content-length",
  "conflicting-content-length",
  "content-length-list",
  "invalid-content-length",
  "content-length-on-1xx-204",
  "transfer-encoding-on-1xx-204",
  "content-length-overflow",
  "excess-data",
  "data-after-close",
]);

/** Experiments that send what every client sends: what comes back to others may be odd with good reason. */
const ORDINARY: ReadonlySet<string> = new Set([
  "keep-alive",
  "close",
  "http10",
  "conditional",
  "pipelining",
  "head",
]);

/** Advice where an outcome alone decides. */
const BY_OUTCOME: readonly (Omit<Finding, "message"> & { readonly outcome: string })[] = [
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
  ...["reordered", "mixed"].map((outcome) => ({
    code: "pipelining-broken",
    severity: "problem" as const,
    experiment: "pipelining",
    outcome,
    advice:
      "answer in the order of the requests (RFC 9112 §9.3.2): whoever pipelines, proxies included, gives an answer to the wrong request",
  })),
  ...["first-only", "refused", "closed"].map((outcome) => ({
    code: "pipelining-broken",
    severity: "warning" as const,
    experiment: "pipelining",
    outcome,
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
  {
    code: "half-close-drops-answer",
    severity: "warning",
    experiment: "half-close",
    outcome: "dropped",
    advice:
      "go on sending the answer after the client's FIN: simple clients and some health checks end their side first",
  },
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
    code: "buffered-on-the-way",
    severity: "warning",
    experiment: "streaming",
    outcome: "at-once",
    advice:
      "if the answer is made piece by piece, switch buffering off on the way (nginx: proxy_buffering off or X-Accel-Buffering: no)",
  },
];

const OTHERS: readonly Rule[] = [
  findIdleProblem,
  findEarlyClose,
  findResetAfterAnswer,
  findFramingAnomaly,
  findOldTls,
  findSeveralCertificates,
];

/**
 * Draws conclusions from what the experiments found.
 *
 * @param front What stands in front of the server, if anything does
 * @returns Problems first
 */
export function findProblems(experiments: Experiments, front?: Front): Finding[] {
  const findings: Finding[] = [];
  for (const { outcome, ...finding } of BY_OUTCOME) {
    const report = experiments[finding.experiment];
    if (report?.outcome === outcome) findings.push({ ...finding, message: report.summary });
  }
  for (const rule of OTHERS) {
    const finding = rule(experiments, front);
    if (
      finding &&
      !findings.some(({ code, experiment }) => code === finding.code && experiment === finding.experiment)
    ) {
      findings.push(finding);
    }
  }
  const rank = { problem: 0, warning: 1, info: 2 } as const;
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** The announced `Keep-Alive: timeout` against the measured one. */
function findEarlyClose({ "idle-timeout": idle }: Experiments): Finding | undefined {
  const { seconds, announced, how } = idle?.facts ?? {};
  if (typeof seconds !== "number" || typeof announced !== "number" || seconds >= announced - TOLERANCE) {
    return undefined;
  }
  return {
    code: "keep-alive-lie",
    severity: "problem",
    experiment: "idle-timeout",
    message: `announces Keep-Alive: timeout=${announced}, and closes an idle connection (${
      String(how).toUpperCase()
    }) after ${seconds} s`,
    advice:
      `announce no more than is kept: clients reuse the connection for up to ${announced} s and lose requests`,
  };
}

function findResetAfterAnswer(experiments: Experiments): Finding | undefined {
  const experiment = ["close", "idle-timeout"].find((name) => experiments[name]?.facts.how === "rst");
  if (experiment === undefined) return undefined;
  return {
    code: "reset-loses-answer",
    severity: "warning",
    experiment,
    message: `the server ends the connection with RST instead of FIN (${experiments[experiment]?.summary})`,
    advice: "close with FIN: a RST throws away what the client has not read yet (RFC 9112 §9.6)",
  };
}

function findFramingAnomaly(experiments: Experiments): Finding | undefined {
  for (const [experiment, { facts, summary }] of Object.entries(experiments)) {
    if (!ORDINARY.has(experiment)) continue;
    const surplus = facts.surplusBytes;
    if (typeof surplus === "number" && surplus > 0) {
      return anomaly(experiment, `${surplus} octets came that no request had asked for (${summary})`);
    }
    const deviations = Array.isArray(facts.deviations) ? facts.deviations.map(String) : [];
    const codes = deviations.filter((code) => FRAMING_DEVIATIONS.has(code));
    if (codes.length > 0) {
      return anomaly(
        experiment,
        `answers are framed in a way that recipients read differently: ${codes.join(", ")}`,
      );
    }
  }
  return undefined;
}

function anomaly(experiment: string, message: string): Finding {
  return {
    code: "framing-anomaly",
    severity: "problem",
    experiment,
    message,
    advice:
      "send exactly one answer for each request, with one way of framing (RFC 9112 §6.3): everything else puts a connection out of step",
  };
}

function findOldTls({ tls }: Experiments): Finding | undefined {
  const versions = tls?.facts.versions as Record<string, boolean | null> | undefined;
  const old = ["TLSv1", "TLSv1.1"].filter((version) => versions?.[version] === true);
  if (old.length === 0) return undefined;
  return {
    code: "old-tls",
    severity: "warning",
    experiment: "tls",
    message: `accepts ${old.join(" and ")}`,
    advice: "switch them off (RFC 8996)",
  };
}

function findSeveralCertificates({ tls }: Experiments): Finding | undefined {
  const certificates = tls?.facts.certificates;
  if (typeof certificates !== "number" || certificates < 2) return undefined;
  return {
    code: "certificates-differ",
    severity: "warning",
    experiment: "tls",
    message: `${certificates} different certificates in a few handshakes with one address`,
    advice: "find out which machines behind the address still have the old certificate",
  };
}
