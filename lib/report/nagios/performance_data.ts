/**
 * The performance data of a result: `label=value;warn;crit;min` for each figure.
 *
 * @module
 */

import { chainTimings } from "../../redirect_chain.ts";
import type { Check, ProbeResult } from "../../result.ts";
import { formatSeconds, parseDuration } from "../../text/duration.ts";
import type { CheckOutcome } from "../check_outcome.ts";

/**
 * Formats the performance data of a result: times over all hops in seconds, and the octets of the last one. The thresholds
 * of the time come from expectations on it; those that degrade a check are warnings.
 */
export function performanceData(result: ProbeResult, check?: CheckOutcome): string {
  const { timings: { wait, receive = 0 }, body, checks, status } = result;
  const { dns, connect, tls, total } = chainTimings(result);
  // This counts from the start, as `time` does, so it includes sonde's own time and the listening before the
  // request.
  const firstByte = wait === undefined || status === undefined ? undefined : total - receive;
  const times = [
    ["time_dns", dns],
    ["time_connect", connect],
    ["time_tls", tls],
    ["time_firstbyte", firstByte],
  ] as const;
  const limits = `${totalLimit(result, check?.warnings ?? [])};${totalLimit(result, checks)}`;
  return [
    `time=${formatSeconds(total)}s;${limits};0`,
    ...times.flatMap(([name, ms]) => ms === undefined ? [] : [`${name}=${formatSeconds(ms)}s;;;0`]),
    `size=${body?.bytes ?? 0}B;;;0`,
  ].join(" ");
}

/** Finds the limit of the whole time in an expectation. If redirects were followed, `timings.total` is another time. */
function totalLimit({ redirects }: ProbeResult, checks: readonly Check[]): string {
  for (const { expect } of checks) {
    const [, fact, limit] = /^\s*(chain|timings)\.total\s*<=?\s*(\d[\d.]*(?:ms|[dhms]))\s*$/.exec(expect) ??
      [];
    if (limit === undefined || (fact === "timings" && redirects.length > 0)) continue;
    return (parseDuration(limit) / 1000).toString();
  }
  return "";
}
