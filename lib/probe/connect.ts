/**
 * Opens a session: a connection for several requests.
 *
 * @module
 */

import type { NewConnection, ProbeResult } from "../result.ts";
import { schemesToTry, settleTarget, type Target, toTarget } from "../target/target.ts";
import { checkOptions } from "../text/check_options.ts";
import { LagMeter } from "../time/lag.ts";
import { composeRequest } from "./compose_request.ts";
import { AnswerTimes } from "./early_answer.ts";
import { describeFailedDial } from "./describe.ts";
import { makeDeadline, openHop, prepareHop } from "./hop.ts";
import { mayBePlain } from "./plain_fallback.ts";
import { Session } from "./session.ts";
import { SESSION_OPTION_NAMES, type SessionOptions } from "./session_options.ts";

/** The sessions of a series, which opens a new one when a connection can carry no further request. */
export class SessionSeries {
  /** `performance.now()` when the first was opened: wire events count from it. */
  startedAt: number | undefined;
  /** Number of connections so far. */
  connections = 0;
  /** Times of the answers on all of them. */
  readonly times = new AnswerTimes();
}

/**
 * Connects to a server and keeps the connection for several requests, each of which gives a whole result. Nothing is sent
 * before the first request.
 *
 * A connection that could not be opened is no exception: `session.error` says why, and each request gives a result with that
 * error. A session never connects again: once the connection has ended, requests give an error of the kind `closed`.
 * Redirects are shown, not followed.
 *
 * @param target A URL or host as {@linkcode parseTarget} reads it, or the target that it gave
 * @throws {SyntaxError} If the target is no URL and no host
 * @throws {TypeError} If an option does not exist, or the options make no valid request
 * @throws {RangeError} If a limit is not above 0
 *
 * @example Usage
 * ```ts
 * import { connect } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve(
 *   { hostname: "127.0.0.1", port: 0, onListen() {} },
 *   (request) => new Response(`${request.method} ${new URL(request.url).pathname}`),
 * );
 * await using session = await connect(`http://127.0.0.1:${server.addr.port}/`, { keepText: true });
 * const one = await session.request({ path: "/a" });
 * const two = await session.request({ path: "/b", method: "POST", body: "hi" });
 * assert.deepEqual([one.body?.text, two.body?.text], ["GET /a", "POST /b"]);
 * assert.deepEqual([one.connection?.reused, two.connection?.reused], [false, true]);
 * ```
 */
export async function connect(
  target: string | URL | Target,
  options: SessionOptions = {},
): Promise<Session> {
  checkOptions(options, SESSION_OPTION_NAMES);
  return await openSession(toTarget(target), options);
}

/**
 * Opens a session. A bare host is tried over https, then http.
 *
 * @param newConnection Why the connection before it in the series could not be used
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
    // A mistake in the options is told before anything is sent.
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
    attempts.push({ error: failed.error!, total: failed.timings.total, url: failed.url });
  }
  throw new Error("Cannot connect without a scheme: unreachable");
}
