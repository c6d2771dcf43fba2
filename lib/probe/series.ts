/**
 * The same request several times, on new connections or on one.
 *
 * @module
 */

import { LagMeter } from "../time/lag.ts";
import type { Deadline } from "../net/deadline.ts";
import type { NewConnection, ProbeResult } from "../result.ts";
import { schemesToTry, type SettledTarget, settleTarget, type Target, toTarget } from "../target/target.ts";
import { probe } from "./probe.ts";
import { type ComposedRequest, composeRequest } from "./compose_request.ts";
import { ContentSink } from "./content_sink.ts";
import { describeExchange, describeFailedDial } from "./describe.ts";
import { addAftermath } from "./describe_connection.ts";
import { AnswerTimes } from "./early_answer.ts";
import {
  beginProbe,
  describeRequest,
  exchangeOptions,
  lingerOn,
  makeDeadline,
  openHop,
  prepareHop,
} from "./hop.ts";
import { explainNewConnection } from "./new_connection.ts";
import type { ProbeOptions } from "./options.ts";
import { mayBePlain } from "./plain_fallback.ts";
import type { Exchange } from "./exchange.ts";
import { ExchangeRun } from "./exchange_run.ts";
import type { HttpConnection } from "./http_connection.ts";
import { sleep } from "../time/sleep.ts";

/** Options of {@linkcode probeSeries}. */
export interface SeriesOptions extends ProbeOptions {
  /**
   * Number of requests.
   *
   * @default {1}
   */
  readonly count?: number | undefined;
  /**
   * Milliseconds from the start of one request to the start of the next; a request that takes longer delays the next.
   *
   * @default {0}
   */
  readonly interval?: number | undefined;
  /**
   * Send them over one connection as long as it may be used; a new one is opened when it may not, and the result says
   * why in `newConnection`. Redirects are shown, not followed. A result comes when the next request is due, with what the
   * connection did until then: its end, and octets that no request had asked for.
   *
   * @default {false}
   */
  readonly reuse?: boolean | undefined;
}

/**
 * Probes one target again and again. Results come as they are there; over one connection each comes when the next request
 * is due. What the connection does between then and the next request is added to the result that was given already.
 *
 * @throws {SyntaxError} If the target is no URL and no host
 * @throws {TypeError} If the options make no valid request
 * @throws {RangeError} If `count` is not a whole number from 1 on
 *
 * @example Usage
 * ```ts
 * import { probeSeries } from "jsr:@sonde/sonde/probe";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const reused: unknown[] = [];
 * for await (const result of probeSeries(`http://127.0.0.1:${server.addr.port}/`, { count: 3, reuse: true })) {
 *   reused.push(result.connection?.reused);
 * }
 * assert.deepEqual(reused, [false, true, true]);
 * ```
 */
export async function* probeSeries(
  target: string | URL | Target,
  options: SeriesOptions = {},
): AsyncGenerator<ProbeResult, void> {
  const { count = 1, interval = 0, reuse = false, signal } = options;
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`Cannot send ${count} requests: a whole number from 1 on is wanted`);
  }
  const parsed = toTarget(target);
  using line = new ReusedLine(parsed, options);
  // What a process does once, as loading TLS, takes none of the first interval.
  await prepareHop(settleTarget(parsed, schemesToTry(parsed)[0]!), options);
  for (let i = 0; i < count; i++) {
    const startedAt = performance.now();
    const last = i === count - 1;
    const result = reuse ? await line.probe(last) : await probe(parsed, options);
    if (!reuse) yield result;
    if (!last && !signal?.aborted) await line.pause(startedAt + interval - performance.now());
    if (reuse) yield result;
    if (signal?.aborted) return;
  }
}

/** One connection at a time, used as long as it lasts. */
class ReusedLine implements Disposable {
  readonly #target: Target;
  readonly #options: SeriesOptions;
  #startedAt: number | undefined;
  #settled: SettledTarget | undefined;
  #http: HttpConnection | undefined;
  /** The last one on the connection. */
  #exchanged: { readonly result: ProbeResult; readonly exchange: Exchange } | undefined;
  #connections = 0;
  readonly #times = new AnswerTimes();

  constructor(target: Target, options: SeriesOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** Sends the request over the connection, or over a new one. */
  async probe(last: boolean): Promise<ProbeResult> {
    if (this.#settled) return await this.#probeSettled(this.#settled, last);
    const attempts: NonNullable<ProbeResult["attempts"]> = [];
    const schemes = schemesToTry(this.#target);
    for (const [index, scheme] of schemes.entries()) {
      const target = settleTarget(this.#target, scheme);
      const result = await this.#probeSettled(target, last);
      if (index === schemes.length - 1 || !mayBePlain(result)) {
        if (!result.error) this.#settled = target;
        return attempts.length > 0 ? { ...result, attempts } : result;
      }
      attempts.push({ error: result.error!, total: result.timings.total, url: result.url });
    }
    throw new Error("Cannot probe without a scheme: unreachable");
  }

  /** Waits, and watches the connection meanwhile: what it does belongs to the result before. */
  async pause(ms: number): Promise<void> {
    const { signal } = this.#options;
    const until = performance.now() + ms;
    // An end that comes meanwhile is noticed, and the rest of the time still waited for.
    await this.#http?.watch(ms, signal);
    await sleep(until - performance.now(), signal);
    if (await this.#http?.ready() === false) this.#addAftermath();
  }

  #addAftermath(): void {
    if (!this.#http || !this.#exchanged || this.#exchanged.exchange.error) return;
    addAftermath(this.#exchanged.result, { http: this.#http, exchange: this.#exchanged.exchange });
    this.#times.noteExcess(this.#http, this.#exchanged.exchange);
  }

  async #probeSettled(target: SettledTarget, last: boolean): Promise<ProbeResult> {
    const request = composeRequest(target, this.#options);
    await prepareHop(target, this.#options);
    const startedAt = this.#startedAt ??= performance.now();
    const sink = await ContentSink.open(this.#options);
    using lag = new LagMeter();
    using deadline = makeDeadline(this.#options, performance.now(), lag);
    // What came meanwhile, an end or octets that nobody asked for, forbids another request.
    if (this.#http && await this.#http.ready()) {
      return await this.#exchange(this.#http, request, target, { last, lag, deadline, sink });
    }
    const newConnection = this.#leave();
    this.#connections++;
    const { begin, dialled, http, listened } = await openHop(target, request.method, deadline, {
      options: this.#options,
      startedAt,
      lag,
      connectionNumber: this.#connections,
    });
    if (!http) {
      const result = describeFailedDial(begin, dialled, lag.facts);
      return newConnection ? { ...result, newConnection } : result;
    }
    this.#http = http;
    return await this.#exchange(http, request, target, {
      last,
      lag,
      deadline,
      sink,
      opened: { begin, dialled, listened, newConnection },
    });
  }

  /** Gives the connection up, and says why. */
  #leave(): NewConnection | undefined {
    const http = this.#http;
    if (!http || !this.#exchanged) return undefined;
    this.#addAftermath();
    const why = explainNewConnection(http, this.#exchanged.exchange);
    http.close();
    this.#http = this.#exchanged = undefined;
    return why;
  }

  async #exchange(
    http: HttpConnection,
    request: ComposedRequest,
    target: SettledTarget,
    { last, lag, deadline, sink, opened }: ExchangeSurroundings,
  ): Promise<ProbeResult> {
    const begin = opened?.begin ?? beginProbe(target, request.method);
    const { signal } = this.#options;
    const settings = exchangeOptions(begin, this.#options, sink);
    const { label } = settings;
    const answered = await new ExchangeRun(http, request, deadline, settings).finish();
    const facts = lag.facts;
    const exchange = await this.#times.judge(http, answered, { label, deadline, signal });
    const over = last || exchange.error !== undefined || !http.reusable;
    if (exchange.error) await http.closeAfterFailure();
    const watched = over && !exchange.error ? await this.#linger(http, deadline) : 0;
    const result = describeExchange(begin, {
      http,
      ...(opened && {
        dialled: opened.dialled,
        listened: opened.listened,
        newConnection: opened.newConnection,
      }),
      exchange,
      watched,
      lag: facts,
      request: this.#options.keepRequest ? await describeRequest(request, exchange) : undefined,
    });
    this.#times.noteExcess(http, exchange);
    this.#exchanged = { result, exchange };
    return await sink.addTo(result);
  }

  /** As after a single probe; a server that has sent octets unasked is watched for as long as it took to do so. */
  async #linger(http: HttpConnection, deadline: Deadline): Promise<number> {
    const watched = await lingerOn(http, this.#options, deadline);
    const { excessPatience } = this.#times;
    if (excessPatience === 0 || http.end || http.holdsExcess) return watched;
    await http.watch(Math.min(excessPatience, deadline.remaining), this.#options.signal);
    return watched;
  }

  [Symbol.dispose](): void {
    this.#http?.close();
  }
}

interface ExchangeSurroundings {
  readonly last: boolean;
  readonly lag: LagMeter;
  readonly deadline: Deadline;
  readonly sink: ContentSink;
  /** Present for the first request on the connection. */
  readonly opened?: Pick<Awaited<ReturnType<typeof openHop>>, "begin" | "dialled"> & {
    readonly listened: number | undefined;
    readonly newConnection: NewConnection | undefined;
  };
}
