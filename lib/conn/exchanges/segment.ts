/**
 * Notes about a connection, from which its exchanges are told: types only.
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
  /** The moment at which the system had taken all of it. */
  doneAt?: number;
}

/** Requests that were sent without waiting until all before them were answered, and what came for them. */
export interface Segment {
  /** Index of the first response. */
  readonly first: number;
  readonly writes: NotedWrite[];
  /** The octets that were sent, the first of them if they are many. */
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

/** A connection as it was opened. */
export interface Opening {
  readonly target: SettledTarget;
  readonly dialled: DialOutcome;
  /** `performance.now()` before it was dialled. */
  readonly startedAt: number;
  /** Of the connection within its experiment, from 1. */
  readonly number: number;
}
