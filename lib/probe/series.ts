/**
 * The same request several times, on new connections or on one.
 *
 * @module
 */

import { LagMeter } from "../lag.ts";
import type { ProbeResult } from "../result.ts";
import { schemesToTry, type SettledTarget, settleTarget, type Target, toTarget } from "../target.ts";
import { probe } from "../probe.ts";
import { type ComposedRequest, composeRequest } from "./compose_request.ts";
import { ContentSink } from "./content_sink.ts";
import { describeExchange, describeFailedDial } from "./describe.ts";
import {
  beginProbe,
  describeRequest,
  exchangeOptions,
  lingerOn,
  makeDeadline,
  openHop,
  prepareHop,
} from "./hop.ts";
import type { ProbeOptions } from "./options.ts";
import { mayBePlain } from "./plain_fallback.ts";
import type { Session } from "./session.ts";
import { sleep } from "./sleep.ts";

/** Options of {@linkcode probeSeries}. */
export interface SeriesOptions extends ProbeOptions {
  /**
   * Number of requests.
   *
   * @default {1}
   */
  readonly count?: number;
  /**
   * Milliseconds from the start of one request to the start of the next; a request that takes longer delays the next.
   *
   * @default {0}
   */
  readonly interval?: number;
  /**
   * Send them over one connection as long as it may be used; a new one is opened when it may not, and the result says
   * so in `connection.reused`. Redirects are shown, not followed.
   *
   * @default {false}
   */
  readonly reuse?: boolean;
}

/**
 * Probes one target again and again. Results come as they are there; the connection of a result that may still be used
 * is `open` in it.
 *
 * @throws {SyntaxError} If the target is no URL and no host
 * @throws {TypeError} If the options make no valid request
 * @throws {RangeError} If `count` is not a whole number from 1 on
 *
 * @example Usage
 * ```ts
 * import { probeSeries } from "./series.ts";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hi"));
 * const reused: unknown[] = [];
 * for await (const result of probeSeries(`http://127.0.0.1:${server.addr.port}/`, { count: 3, reuse: true })) {
 *   reused.push(result.connection?.reused);
 * }
 * assertEquals(reused, [false, true, true]);
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
  for (let i = 0; i < count; i++) {
    const startedAt = performance.now();
    const last = i === count - 1;
    yield reuse ? await line.probe(last) : await probe(parsed, options);
    if (signal?.aborted) return;
    if (!last) await line.pause(startedAt + interval - performance.now());
    if (signal?.aborted) return;
  }
}

/** One connection at a time, used as long as it lasts. */
class ReusedLine implements Disposable {
  readonly #target: Target;
  readonly #options: SeriesOptions;
  #startedAt: number | undefined;
  #settled: SettledTarget | undefined;
  #session: Session | undefined;
  #connections = 0;

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

  /** Waits, and watches the connection meanwhile. */
  async pause(ms: number): Promise<void> {
    const { signal } = this.#options;
    const until = performance.now() + ms;
    // An end that comes meanwhile is noticed, and the rest of the time still waited for.
    await this.#session?.watch(ms, signal);
    await sleep(until - performance.now(), signal);
  }

  async #probeSettled(target: SettledTarget, last: boolean): Promise<ProbeResult> {
    const request = composeRequest(target, this.#options);
    await prepareHop(target, this.#options);
    const startedAt = this.#startedAt ??= performance.now();
    const sink = await ContentSink.open(this.#options);
    using lag = new LagMeter();
    using deadline = makeDeadline(this.#options, performance.now(), lag);
    // What came meanwhile, an end or octets that nobody asked for, forbids another request.
    await this.#session?.watch(0);
    if (this.#session?.reusable) {
      return await this.#exchange(this.#session, request, target, { last, lag, deadline, sink });
    }

    this.#session?.close();
    this.#session = undefined;
    this.#connections++;
    const { begin, dialled, session, listened } = await openHop(target, request.method, deadline, {
      options: this.#options,
      startedAt,
      lag,
      connectionNumber: this.#connections,
    });
    if (!session) return describeFailedDial(begin, dialled, lag.facts);
    this.#session = session;
    return await this.#exchange(session, request, target, {
      last,
      lag,
      deadline,
      sink,
      opened: { begin, dialled, listened },
    });
  }

  async #exchange(
    session: Session,
    request: ComposedRequest,
    target: SettledTarget,
    { last, lag, deadline, sink, opened }: ExchangeSurroundings,
  ): Promise<ProbeResult> {
    const begin = opened?.begin ?? beginProbe(target, request.method);
    const exchange = await session.exchange(request, deadline, exchangeOptions(begin, this.#options, sink));
    const facts = lag.facts;
    const over = last || exchange.error !== undefined || !session.reusable;
    if (exchange.error) session.close();
    const watched = over && !exchange.error ? await lingerOn(session, this.#options, deadline) : 0;
    return describeExchange(begin, {
      session,
      ...(opened && { dialled: opened.dialled, listened: opened.listened }),
      exchange: { ...exchange, deviations: session.reader.messageDeviations },
      watched,
      lag: facts,
      content: exchange.response ? sink.facts(exchange.response.headers) : {},
      request: this.#options.keepRequest ? await describeRequest(request, exchange) : undefined,
    });
  }

  [Symbol.dispose](): void {
    this.#session?.close();
  }
}

interface ExchangeSurroundings {
  readonly last: boolean;
  readonly lag: LagMeter;
  readonly deadline: ReturnType<typeof makeDeadline>;
  readonly sink: ContentSink;
  /** Present for the first request on the connection. */
  readonly opened?: Pick<Awaited<ReturnType<typeof openHop>>, "begin" | "dialled"> & {
    readonly listened: number | undefined;
  };
}
