/**
 * Reconstructs exchanges from the traffic of a connection: finds the octets of each request and its response.
 *
 * @module
 */

import { joinOctets } from "../../http/octets.ts";
import { parseRequests } from "../../http/parse_request.ts";
import { describeWritten, WRITTEN_LIMITS } from "../../probe/written_request.ts";
import type { KeptExchange, WrittenRequest } from "../../result.ts";
import { describeKeptExchange, type SegmentContext } from "./kept_exchange.ts";
import type { LoggedConnection, Segment } from "./segment.ts";

/** Splits a segment into exchanges: requests by their octets, and responses by their order. */
export function describeSegment(
  segment: Segment,
  connection: LoggedConnection,
  context: SegmentContext,
): KeptExchange[] {
  const { reader } = connection;
  const responses = reader.responses.slice(segment.first);
  const answered = responses.filter(({ body }) => body.complete).length;
  const bytes = joinOctets(segment.kept);
  // Octets that an experiment sends as content are not a request, whatever they look like.
  const most = Math.max(1, answered + reader.unanswered, responses.length);
  const starts = parseRequests(bytes, { limits: WRITTEN_LIMITS }).requests.slice(0, most).map(({ offset }) =>
    offset
  );
  if (starts.length === 0) starts.push(0);
  starts[0] = 0;
  return Array.from({ length: Math.max(starts.length, responses.length) }, (_, index) => {
    const [from, to] = [starts[index], starts[index + 1]];
    const requested = from === undefined ? undefined : {
      written: describePart(segment, bytes, from, to),
      ...timesOf(segment, from, to),
    };
    return describeKeptExchange(responses[index], requested, { ...context, segment, connection, index });
  });
}

function describePart(segment: Segment, bytes: Uint8Array, from: number, to?: number): WrittenRequest {
  const { sentAt } = timesOf(segment, from, to);
  const written = describeWritten(bytes.subarray(from, to), {
    complete: sentAt !== undefined,
    sentBytes: takenOf(segment, from, to),
    content: true,
  });
  // Octets that were only counted are content of the last request.
  if (to !== undefined) return written;
  const more = segment.octets - bytes.length;
  return { ...written, bytes: written.bytes! + more, bodyBytes: written.bodyBytes + more };
}

/** Counts the octets between two offsets that belong to completely accepted writes. */
function takenOf({ writes, octets }: Segment, from: number, to = octets): number {
  return writes.reduce((sum, { offset, doneAt }, index) => {
    const end = Math.min(to, writes[index + 1]?.offset ?? octets);
    return doneAt === undefined ? sum : sum + Math.max(0, end - Math.max(from, offset));
  }, 0);
}

/** Gives the time at which the octets between two offsets were sent. */
function timesOf({ writes, octets }: Segment, from: number, to = octets): {
  sentFrom: number;
  sentAt?: number;
} {
  const covering = writes.filter(({ offset }, index) =>
    offset < to && (writes[index + 1]?.offset ?? octets) > from
  );
  const doneAt = covering.at(-1)?.doneAt;
  const complete = doneAt !== undefined && covering.every((write) => write.doneAt !== undefined);
  return { sentFrom: covering[0]?.at ?? writes[0]!.at, ...(complete && { sentAt: doneAt }) };
}
