/**
 * The record of a connection's traffic, from which its exchanges are reconstructed: types only.
 *
 * @module
 */

import type { ResponseReader } from "../../http/response_reader.ts";
import type { Connection } from "../../net/connection.ts";
import type { DialOutcome } from "../../net/dial/dial.ts";
import type { SettledTarget } from "../../target/target.ts";
import type { StreamEnd } from "../../net/stream_end.ts";

/** One write. Points in time are values of `performance.now()`. */
export interface NotedWrite {
  readonly at: number;
  /** Offset of its first octet within the segment. */
  readonly offset: number;
  /** The moment at which the system had accepted all of it. */
  doneAt?: number;
}

/** Requests that were sent without waiting for all earlier answers, and the octets that came for them. */
export interface Segment {
  /** Index of the first response. */
  readonly first: number;
  readonly writes: NotedWrite[];
  /** The octets that were sent; only the first ones if there are many. */
  readonly kept: Uint8Array[];
  octets: number;
  /** Arrivals in the stream: `end` is the offset after the last octet of a piece. */
  readonly pieces: { end: number; at: number }[];
}

/** The parts of a connection that its log reads. */
export interface LoggedConnection {
  readonly transport: Connection;
  readonly reader: ResponseReader;
  readonly end: StreamEnd | undefined;
}

/** A connection when it was opened. */
export interface Opening {
  readonly target: SettledTarget;
  readonly dialled: DialOutcome;
  /** `performance.now()` before dialling. */
  readonly startedAt: number;
  /** Number of the connection within its experiment, from 1. */
  readonly number: number;
}
