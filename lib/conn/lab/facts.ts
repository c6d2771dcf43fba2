/**
 * What several experiments read from a line, as it stands in their facts.
 *
 * @module
 */

import type { ParsedResponse } from "../../http/response.ts";
import type { Line } from "./line.ts";

/** Milliseconds with one decimal, as they stand in facts. */
export function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/** Milliseconds as seconds with three decimals, as they stand in facts. */
export function toSeconds(ms: number): number {
  return Math.round(ms) / 1000;
}

/** What the head of a response says, in short. */
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
  return {
    status,
    version,
    framing: body.framing,
    persistent,
    ...(timeout !== undefined && { timeout }),
    ...(max !== undefined && { max }),
  };
}

/** How the peer ended a line after the last octet: `how`, and `after` in milliseconds. */
export function endFacts(line: Line): { how: string; after: number } | undefined {
  const { end, lastOctetAt } = line;
  if (!end || !line.endedByPeer || lastOctetAt === undefined) return undefined;
  return { how: end.how, after: roundMs(Math.max(0, end.at - lastOctetAt)) };
}
