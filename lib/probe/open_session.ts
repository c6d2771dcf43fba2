/**
 * Opens a session over the first scheme that answers.
 *
 * @module
 */

import type { NewConnection, ProbeResult } from "../result.ts";
import { schemesToTry, settleTarget, type Target } from "../target/target.ts";
import { LagMeter } from "../time/lag.ts";
import { composeRequest } from "./compose_request.ts";
import { AnswerTimes } from "./early_answer.ts";
import { describeFailedDial } from "./describe.ts";
import { makeDeadline, openHop, prepareHop } from "./hop.ts";
import { keepCredentials, mayBePlain } from "./plain_fallback.ts";
import { Session } from "./session.ts";
import type { SessionOptions } from "./session_options.ts";

/** The sessions of a series, which opens a new one when a connection cannot carry another request. */
export class SessionSeries {
  /** `performance.now()` when the first session was opened; wire events count from it. */
  startedAt: number | undefined;
  /** Number of connections so far. */
  connections = 0;
  /** Times of all answers. */
  readonly times = new AnswerTimes();
}

/**
 * Opens a session. A bare host is tried over https, then http.
 *
 * @param newConnection The reason why the series could not use its previous connection
 */
export async function openSession(
  target: Target,
  options: SessionOptions,
  series: SessionSeries = new SessionSeries(),
  newConnection?: NewConnection,
): Promise<Session> {
  const attempts: NonNullable<ProbeResult["attempts"]> = [];
  const schemes = schemesToTry(target);
  for (const [index, scheme] of schemes.entries()) {
    const settled = settleTarget(target, scheme);
    // A mistake in the options throws before anything is sent.
    composeRequest(settled, options);
    await prepareHop(settled, options);
    using lag = new LagMeter();
    const startedAt = performance.now();
    using deadline = makeDeadline(options, startedAt, lag);
    const context = { options, startedAt: series.startedAt ??= startedAt, lag };
    const hop = { ...context, connectionNumber: ++series.connections };
    const opened = await openHop(settled, "", deadline, hop);
    const took = performance.now() - opened.begin.startedAt;
    const parts = { ...opened, took, lag: lag.facts, attempts, newConnection, times: series.times };
    if (opened.http || index === schemes.length - 1) return new Session(options, parts);
    const failed = describeFailedDial(opened.begin, opened.dialled, parts.lag);
    if (!mayBePlain(failed)) return new Session(options, parts);
    const error = keepCredentials(failed.error!, settleTarget(target, schemes[index + 1]!), options);
    if (error) return new Session(options, { ...parts, dialled: { ...opened.dialled, error } });
    attempts.push({ error: failed.error!, total: failed.timings.total, url: failed.url });
  }
  throw new Error("Cannot connect without a scheme: unreachable");
}
