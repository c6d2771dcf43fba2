/**
 * Makes one request of a download; its content goes to the destination as it comes.
 *
 * @module
 */

import { DOWNLOAD_DEFAULTS } from "../probe/defaults.ts";
import { LagMeter } from "../time/lag.ts";
import { composeRequest } from "../probe/compose_request.ts";
import { ContentSink } from "../probe/content_sink.ts";
import { describeExchange, describeFailedDial } from "../probe/describe.ts";
import { ExchangeRun } from "../probe/exchange_run.ts";
import { type HopContext, makeDeadline, openHop, prepareHop } from "../probe/hop.ts";
import type { ProbeResult } from "../result.ts";
import { formatUrl, type SettledTarget } from "../target/target.ts";
import { type AnswerContext, AnswerReceiver } from "./answer_receiver.ts";
import type { DownloadOptions } from "./download_options.ts";

/** The parts that the hops of one request share. */
export interface DownloadHopContext extends AnswerContext {
  readonly options: DownloadOptions;
  /** Each hop that gets an answer adds one. */
  readonly receivers: AnswerReceiver[];
}

/** Makes one request to a settled target on its own connection. */
export type MakeHop = (target: SettledTarget, context: HopContext) => Promise<ProbeResult>;

/** Creates the function that makes the hops of one request. */
export function makeDownloadHop(context: DownloadHopContext): MakeHop {
  const { options: { stallTimeout = DOWNLOAD_DEFAULTS.stallTimeout }, destination, receivers } = context;
  return async (target, hop) => {
    const { options } = hop;
    const request = composeRequest(target, options);
    if (!hop.prepared) await prepareHop(target, options);
    using lag = new LagMeter();
    using deadline = makeDeadline(options, hop.startedAt, hop.lag);
    const { begin, dialled, http: opened, listened } = await openHop(
      target,
      request.method,
      deadline,
      hop,
    );
    if (!opened) return describeFailedDial(begin, dialled, lag.facts);
    using http = opened;
    const receiver = new AnswerReceiver(http, formatUrl(target), context);
    receivers.push(receiver);
    // Without a limit for the whole, every wait has its own limit.
    const { firstByteTimeout = stallTimeout, maxBody } = options;
    const run = new ExchangeRun(http, request, deadline, {
      label: `${begin.method} ${formatUrl(begin.target)}`,
      firstByteTimeout,
      content: new ContentSink({ maxBody, onBody: (data) => receiver.receive(data) }),
      stallTimeout,
      drain: () => destination.drain(),
    });
    const exchange = await run.finish();
    // onBody may still be working on the last piece.
    await destination.drain();
    receiver.finish();
    return describeExchange(begin, { http, dialled, listened, exchange, lag: lag.facts });
  };
}
