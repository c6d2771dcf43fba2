/**
 * Facts that several experiments take from a connection.
 *
 * @module
 */

import type { ParsedResponse } from "../../http/response.ts";
import type { EndFacts } from "../answer.ts";
import type { LabConnection } from "./lab_connection.ts";
import { withoutUndefined } from "../../without_undefined.ts";

/** Rounds milliseconds to one decimal, as facts have them. */
export function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Converts milliseconds to seconds with three decimals, as facts have them. */
export function toSeconds(ms: number): number {
  return Math.round(ms) / 1000;
}

/** The main facts of a response head. */
export interface HeadFacts {
  readonly status: number;
  readonly version: string;
  readonly framing: string;
  readonly persistent: boolean;
  readonly timeout?: number;
  readonly max?: number;
}

/** Takes the facts of a head. */
export function headFacts({ status, version, body, announced }: ParsedResponse): HeadFacts {
  const { persistent, timeout, max } = announced;
  return withoutUndefined({
    status,
    version,
    framing: body.framing,
    persistent,
    timeout,
    max,
  });
}

/** An end in the form of facts; `how` is `null` without one. */
export function howFacts(end: Partial<EndFacts> | undefined): Omit<EndFacts, "how"> & { how: string | null } {
  return withoutUndefined({
    how: end?.how ?? null,
    fin: end?.fin,
    ...(end?.finAfter !== undefined && { finAfter: roundMs(end.finAfter) }),
  });
}

/** Gives the end of a connection as facts, if the peer ended it. */
export function peerEnd({ end, endedByPeer }: LabConnection): EndFacts | undefined {
  if (!end || !endedByPeer) return undefined;
  return { ...howFacts(end), how: end.how };
}

/** Gives the peer's end of a connection as facts, with the milliseconds after the last octet. */
export function endFacts(connection: LabConnection): EndFacts & { readonly after: number } | undefined {
  const { end, lastOctetAt } = connection;
  const how = peerEnd(connection);
  if (!end || !how || lastOctetAt === undefined) return undefined;
  return { ...how, after: roundMs(Math.max(0, end.at - lastOctetAt)) };
}
