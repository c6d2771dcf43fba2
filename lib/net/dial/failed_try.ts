/**
 * Judges a failed connect: decides whether to try the next address of the host.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import type { FailedOpen } from "./open_socket.ts";

/**
 * Tells whether the next address would meet the same error. Local ports may be used up for one address but not for
 * another.
 */
export function endsDialling({ error: { kind }, code }: FailedOpen): boolean {
  return kind === "permission" || kind === "aborted" || (kind === "resource" && code !== "EADDRNOTAVAIL");
}

const RANK = { local: 0, network: 1, target: 2 } as const;

/** Chooses, of two failed addresses, the one that says more about the target; a missing IPv6 route says nothing. */
export function moreInformative(before: ProbeError | undefined, next: ProbeError): ProbeError {
  if (before === undefined) return next;
  return RANK[next.by] >= RANK[before.by] ? next : before;
}
