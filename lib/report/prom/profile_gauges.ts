/**
 * The gauges of a connection profile.
 *
 * @module
 */

import type { ConnectionProfile } from "../../result.ts";
import { type Gauge, gauge, info } from "./gauge.ts";

/** Every gauge of a profile, in order. An outcome that could not be measured has no sample. */
export const PROFILE_GAUGES: readonly Gauge<ConnectionProfile>[] = [
  gauge("probe_success", "Displays whether or not the probe was a success", ({ ok }) => ok),
  gauge(
    "probe_http_keepalive",
    "Whether the server keeps a connection for more than one request",
    (profile) => yesNo(outcome(profile, "keep-alive"), "yes"),
  ),
  gauge(
    "probe_http_keepalive_idle_timeout_seconds",
    "Seconds of silence after which the server closes an idle connection",
    (profile) => figure(profile, "idle-timeout", "seconds"),
  ),
  gauge(
    "probe_http_keepalive_advertised_timeout_seconds",
    "The timeout parameter of the Keep-Alive field",
    (profile) => figure(profile, "idle-timeout", "announced"),
  ),
  gauge(
    "probe_http_requests_per_connection",
    "Number of requests after which the server closes a connection",
    (profile) => figure(profile, "max-requests", "requests"),
  ),
  gauge(
    "probe_http_pipelining",
    "Whether the server answers all requests that are sent at once",
    (profile) => {
      const found = outcome(profile, "pipelining");
      return found === undefined ? undefined : found === "full" || found === "serialised";
    },
  ),
  info("probe_failure_info", "Why the exchange did not complete", ({ error }) => {
    return error && { phase: error.phase, kind: error.kind, by: error.by };
  }),
  {
    name: "probe_connection_findings",
    help: "Number of findings by severity",
    read: ({ findings }) =>
      (["problem", "warning", "info"] as const).map((severity) => ({
        labels: { severity },
        value: findings.filter((finding) => finding.severity === severity).length,
      })),
  },
];

function outcome({ experiments }: ConnectionProfile, name: string): string | undefined {
  const found = experiments[name]?.outcome;
  return found === "unknown" || found === "skipped" ? undefined : found;
}

function yesNo(found: string | undefined, yes: string): boolean | undefined {
  return found === undefined ? undefined : found === yes;
}

/** Reads a measured figure. A lower bound is left out, because Prometheus would show it as measured. */
function figure({ experiments }: ConnectionProfile, name: string, fact: string): number | undefined {
  const { [fact]: value, atLeast } = experiments[name]?.facts ?? {};
  if (typeof value !== "number") return undefined;
  return fact !== "announced" && atLeast !== undefined ? undefined : value;
}
