/**
 * Finds servers that did not serve through the whole run.
 *
 * @module
 */

import type { ExperimentReport } from "../../result.ts";
import type { RunFinding } from "./run_findings.ts";

type Experiments = Readonly<Record<string, ExperimentReport>>;

/** Reports experiments that were inconclusive because the server limits requests. */
export function findRateLimit(experiments: Experiments): RunFinding | undefined {
  const limited = Object.entries(experiments).filter(([, { facts }]) => typeof facts.limitedBy === "number");
  const [first] = limited;
  if (!first) return findPassedLimit(experiments);
  const [experiment, { facts }] = first;
  const asked = typeof facts.retryAfter === "number"
    ? ` and asks for ${facts.retryAfter} s without requests`
    : "";
  return {
    code: "rate-limited",
    severity: "info",
    experiment,
    message: `the server limits requests: it answers with ${facts.limitedBy}${asked}, so ${
      limited.map(([name]) => name).join(", ")
    } could not tell`,
    advice: "run a few experiments at a time with --only, or run them where nothing limits requests",
  };
}

/** Reports a 503 that passed. */
function findPassedLimit(experiments: Experiments): RunFinding | undefined {
  const [first] = Object.entries(experiments).filter(([, { facts }]) =>
    typeof facts.limitPassed === "number"
  );
  if (!first) return undefined;
  const [experiment, { facts }] = first;
  return {
    code: "rate-limited",
    severity: "info",
    experiment,
    message:
      `the server limited requests for a while during the run: it answered with ${facts.limitPassed}, and later no longer did`,
    advice:
      "if this is not on purpose, check the server's log for this time: it may have been overloaded or restarted",
  };
}

/** Reports ordinary requests that later got another status. */
export function findStatusChange(experiments: Experiments): RunFinding | undefined {
  const changed = Object.entries(experiments).filter(([, { facts }]) => Array.isArray(facts.statusChanged));
  const [first] = changed;
  if (!first) return undefined;
  const [experiment, { facts }] = first;
  const [before, after] = facts.statusChanged as number[];
  const untold = changed.filter(([, { outcome }]) => outcome === "unknown").map(([name]) => name);
  const mixed = untold.length < changed.length ? ["the ordinary experiments may be about either"] : [];
  if (untold.length > 0) mixed.push(`${untold.join(", ")} could not tell`);
  return {
    code: "status-changed",
    severity: "warning",
    experiment,
    message: `ordinary requests were answered with ${before} at first and with ${after} later: ${
      mixed.join(", and ")
    }`,
    advice:
      "look for a firewall that blocks this client, a login that expired, or a release at this time, then examine the server again",
  };
}

/** Reports experiments that were inconclusive because the server no longer served ordinary requests. */
export function findServiceDown(experiments: Experiments): RunFinding | undefined {
  const affected = Object.entries(experiments).filter(([, { facts }]) => facts.serviceDown !== undefined);
  const [first] = affected;
  if (!first) return findServiceGap(experiments);
  const [experiment, { facts }] = first;
  return {
    code: "service-down",
    severity: "problem",
    experiment,
    message: `the service went down during the run (${facts.serviceDown}), so ${
      affected.map(([name]) => name).join(", ")
    } could not tell`,
    advice:
      "check the server's log for this time: it may have restarted or crashed, or a firewall may block this client; examine it again once it serves",
  };
}

/** Reports an outage that passed. */
function findServiceGap(experiments: Experiments): RunFinding | undefined {
  const [first] = Object.entries(experiments).filter(([, { facts }]) => facts.serviceGap !== undefined);
  if (!first) return undefined;
  const [experiment, { facts }] = first;
  return {
    code: "service-down",
    severity: "warning",
    experiment,
    message:
      `the server did not serve ordinary requests for a while during the run (${facts.serviceGap}); later it did`,
    advice:
      "check the server's log for this time: it may have restarted, or a firewall may have blocked this client",
  };
}

/** Reports experiments that had not ended when the time for the whole run was over. */
export function findOutOfTime(experiments: Experiments): RunFinding | undefined {
  const cut = Object.entries(experiments).filter(([, { facts }]) => typeof facts.outOfTime === "number");
  const [first] = cut;
  if (!first) return undefined;
  const [experiment, { facts }] = first;
  return {
    code: "out-of-time",
    severity: "info",
    experiment,
    message: `the ${facts.outOfTime} s for the whole run were over, so ${
      cut.map(([name]) => name).join(", ")
    } could not tell`,
    advice: "give the run more time with --total-time, or run fewer experiments with --only",
  };
}
