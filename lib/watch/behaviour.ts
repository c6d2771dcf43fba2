/**
 * How a server behaves, so that a change of it shows.
 *
 * @module
 */

import { fieldValues } from "../http/field_list.ts";
import type { ProbeResult } from "../result.ts";

/** Facts that a server changes only when it is changed itself, by name. */
export type Behaviour = Readonly<Record<string, string>>;

/** How a server behaved in one exchange. Only complete answers tell. */
export function behaviourOf(result: ProbeResult): Behaviour | undefined {
  const { error, status, version, headers = [], body, connection, tls, deviations } = result;
  if (error !== undefined || status === undefined) return undefined;
  const codes = [...new Set(deviations.map(({ code }) => code))].sort();
  const behaviour = {
    status: String(status),
    version: version ?? "none",
    server: fieldValues(headers, "server").join(", ") || "none",
    framing: body?.framing ?? "none",
    persistent: String(connection?.announced?.persistent ?? "unknown"),
    deviations: codes.join(", ") || "none",
  };
  return tls === undefined
    ? behaviour
    : { ...behaviour, tls: tls.version ?? "unknown", alpn: tls.alpn ?? "none" };
}

/** The differences in words, `framing: content-length → chunked`; none if they are the same. */
export function compareBehaviour(before: Behaviour, after: Behaviour): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name] ?? "none"} → ${after[name] ?? "none"}`);
}
