/**
 * The data of a session and of its requests: types only.
 *
 * @module
 */

import type { NewConnection, ProbeResult } from "../result.ts";
import type { LagFacts, LagMeter } from "../time/lag.ts";
import type { ComposedRequest } from "./compose_request.ts";
import type { ContentSink } from "./content_sink.ts";
import type { Beginning } from "./describe.ts";
import type { AnswerTimes } from "./early_answer.ts";
import { beginProbe, type OpenedHop } from "./hop.ts";
import type { AnswerContext } from "./idle_connection.ts";
import type { SessionOptions } from "./session_options.ts";

/** The parts of a session. */
export interface SessionParts extends OpenedHop {
  /** Milliseconds for opening the connection. */
  readonly took: number;
  readonly lag: LagFacts;
  /** Failed attempts with another scheme. */
  readonly attempts: NonNullable<ProbeResult["attempts"]>;
  readonly newConnection: NewConnection | undefined;
  readonly times: AnswerTimes;
}

/** A request that is ready to be sent. */
export interface SessionJob {
  readonly request: ComposedRequest;
  readonly begin: Beginning;
  readonly content: ContentSink;
  readonly lag: LagMeter;
  readonly context: Omit<AnswerContext, "pipelined"> & { readonly options: SessionOptions };
  /** Present for the first request: its result describes how the connection was opened. */
  readonly opening: SessionParts | undefined;
}

/** Takes the start time of a request; the first one started when its connection was opened. */
export function beginRequest(
  { target, method }: Pick<Beginning, "target" | "method">,
  opening: SessionParts | undefined,
): Beginning {
  const begin = beginProbe(target, method);
  if (!opening) return begin;
  return { ...begin, wallClock: opening.begin.wallClock, startedAt: begin.startedAt - opening.took };
}
