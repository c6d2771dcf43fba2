/**
 * Judges a failed connect: whether to try the next address of the host.
 *
 * @module
 */

import type { ProbeError } from "../../result.ts";
import type { FailedOpen } from "./open_socket.ts";

/** Tells whether the next address would meet the same error. Local ports may be used up for one address and not for another. */
export function endsDialling({ error: { kind }, code }: FailedOpen): boolean {
  return kind === "permission" || kind === "aborted" || (kind === "resource" && code !== "EADDRNOTAVAIL");
}

const TELLING = { local: 0, network: 1, target: 2 } as const;

/** Of two failed addresses, the one that says more about the target: a host without IPv6 says nothing. */
export function moreTelling(before: ProbeError | undefined, next: ProbeError): ProbeError {
  if (before === undefined) return next;
  return TELLING[next.by] >= TELLING[before.by] ? next : before;
}
