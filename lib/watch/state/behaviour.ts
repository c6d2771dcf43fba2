/**
 * Describes the behaviour of a server, so that a change can be noticed.
 *
 * @module
 */

import { fieldValues } from "../../http/field_list.ts";
import type { ProbeResult } from "../../result.ts";

/** Facts by name that stay the same until somebody changes the server. */
export type Behaviour = Readonly<Record<string, string>>;

/**
 * Describes the behaviour of a server in one exchange.
 *
 * @returns `undefined` if there was no complete response
 */
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

/** Lists the differences in words, as in `framing: content-length → chunked`. */
export function compareBehaviour(before: Behaviour, after: Behaviour): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}: ${before[name] ?? "none"} → ${after[name] ?? "none"}`);
}
