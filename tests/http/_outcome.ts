/**
 * Collects everything that a reader reports about a stream as one comparable value.
 *
 * @module
 */

import type { Deviation } from "../../lib/http/deviation.ts";
import type { OutstandingRequest } from "../../lib/http/framing.ts";
import type { ReaderLimits } from "../../lib/http/limits.ts";
import type { InterimHead, ParsedResponse, ReadFailure, ResponseHead } from "../../lib/http/response.ts";
import { type ReaderState, ResponseReader } from "../../lib/http/response_reader.ts";

/** Options of a reading. */
export interface OutcomeOptions {
  /** @default ["GET"] */
  readonly requests?: readonly (string | OutstandingRequest)[];
  /** @default "fin" */
  readonly end?: "fin" | "tls-truncated" | "open";
  readonly limits?: Partial<ReaderLimits>;
}

/** All facts, messages and offsets included. */
export interface ReadOutcome {
  readonly state: ReaderState;
  readonly failure: ReadFailure | undefined;
  readonly offset: number;
  readonly responses: readonly (ParsedResponse & { readonly content: Uint8Array })[];
  readonly deviations: readonly Deviation[];
  readonly partialHead: Partial<ResponseHead>;
  readonly pendingInterim: readonly InterimHead[];
  readonly surplusBytes: number;
  readonly unanswered: number;
  /** Calls of the listeners in order; runs of content put together. */
  readonly events: readonly string[];
}

/** Reads pieces. Each is a copy that is overwritten after it was read, so the reader cannot rely on it. */
export function outcomeOf(pieces: readonly Uint8Array[], options: OutcomeOptions = {}): ReadOutcome {
  const { requests = ["GET"], end = "fin", limits = {} } = options;
  const events: string[] = [];
  const contents = new Map<ParsedResponse, number[]>();
  const reader = new ResponseReader({
    requests: requests.map((request) => typeof request === "string" ? { method: request } : request),
    limits,
    onInterim: ({ status, offset }) => events.push(`interim ${status} at ${offset}`),
    onHead: (response) => {
      contents.set(response, []);
      events.push(`head ${response.status} at ${response.offset}`);
    },
    onBody: (data, response) => {
      for (const octet of data) contents.get(response)!.push(octet);
      const event = `body of ${response.offset}`;
      if (events.at(-1) !== event) events.push(event);
    },
  });
  for (const piece of pieces) {
    const copy = piece.slice();
    reader.receive(copy);
    copy.fill(0x58);
  }
  if (end !== "open") reader.end(end);
  return {
    state: reader.state,
    failure: reader.failure,
    offset: reader.offset,
    responses: reader.responses.map((response) => ({
      ...response,
      content: new Uint8Array(contents.get(response) ?? []),
    })),
    deviations: reader.deviations,
    partialHead: reader.partialHead,
    pendingInterim: reader.pendingInterim,
    surplusBytes: reader.surplusBytes,
    unanswered: reader.unanswered,
    events,
  };
}
