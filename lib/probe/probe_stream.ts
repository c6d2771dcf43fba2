/**
 * Probes one target and gives its content as a stream.
 *
 * @module
 */

import type { ProbeResult } from "../result.ts";
import { type Target, toTarget } from "../target/target.ts";
import { checkOptions, type OptionNames } from "../text/check_options.ts";
import { BodyStream } from "./body_stream.ts";
import { DOWNLOAD_DEFAULTS } from "./defaults.ts";
import { type HopContext, probeHop } from "./hop.ts";
import { PROBE_OPTION_NAMES } from "./option_names.ts";
import type { ProbeOptions } from "./options.ts";
import { Route } from "./route.ts";

/** Options of {@linkcode probeStream}. Redirects are shown, not followed. */
export interface StreamOptions extends Omit<ProbeOptions, "maxRedirects" | "keepText" | "onBody"> {
  /**
   * Milliseconds in which the server must send more, or accept more of the request. They apply to the first octet too,
   * unless `firstByteTimeout` sets another limit. The time that the reader takes does not count.
   *
   * @default {30_000}
   */
  readonly stallTimeout?: number | undefined;
  /**
   * Milliseconds for one whole exchange, including the time that the reader takes.
   *
   * @default {Infinity}
   */
  readonly maxTime?: number | undefined;
  /**
   * Maximum octets of content; more end the stream with an error.
   *
   * @default {Infinity}
   */
  readonly maxBody?: number | undefined;
}

const { maxRedirects: _, keepText: __, onBody: ___, ...probeNames } = PROBE_OPTION_NAMES;

const STREAM_OPTION_NAMES = { ...probeNames, stallTimeout: true } as const satisfies OptionNames<
  StreamOptions
>;

/** A running probe and its content. */
export interface ProbeStream {
  /** Settles once the exchange is over, which requires that the content is read or cancelled. */
  readonly result: Promise<ProbeResult>;
  /**
   * The content as it came on the wire, without chunked framing. If the exchange fails or its content is incomplete,
   * the stream ends with an error; `result` gives the reason.
   */
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * Probes one target and gives its content as a stream. sonde reads the connection as fast as you read the stream, and
 * holds at most a few pieces of content in memory.
 *
 * Nothing is lost while nobody reads: the server has to wait. Read the stream to its end, cancel it or abort the
 * signal; until then the connection stays open. Cancelling the stream ends the exchange with the error `aborted`.
 *
 * @param target A URL or host as {@linkcode parseTarget} reads it, or the target that it gave
 * @throws {SyntaxError} If the target is no URL and no host
 * @throws {TypeError} If an option does not exist
 *
 * @example Usage
 * ```ts
 * import { probeStream } from "https://deno.land/x/sonde/lib/probe.ts";
 * import assert from "node:assert/strict";
 *
 * await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("hello"));
 * const { result, body } = probeStream(`http://127.0.0.1:${server.addr.port}/`);
 * let octets = 0;
 * for await (const piece of body) octets += piece.length;
 * assert.deepEqual([octets, (await result).status], [5, 200]);
 * ```
 */
export function probeStream(target: string | URL | Target, options: StreamOptions = {}): ProbeStream {
  checkOptions(options, STREAM_OPTION_NAMES);
  const parsed = toTarget(target);
  const { signal, stallTimeout = DOWNLOAD_DEFAULTS.stallTimeout } = options;
  const stream = new BodyStream(signal);
  const probing: ProbeOptions = {
    ...options,
    maxTime: options.maxTime ?? DOWNLOAD_DEFAULTS.maxTime,
    maxBody: options.maxBody ?? DOWNLOAD_DEFAULTS.maxBody,
    firstByteTimeout: options.firstByteTimeout ?? stallTimeout,
    onBody: (data) => stream.take(data),
    signal: signal ? AbortSignal.any([signal, stream.signal]) : stream.signal,
  };
  const result = run(parsed, probing, { stallTimeout, drain: () => stream.drain() });
  // A caller that reads only the stream learns of a failure there.
  result.then((it) => stream.end(it), (reason) => stream.fail(reason));
  return { result, body: stream.body };
}

async function run(target: Target, options: ProbeOptions, pace: HopContext["pace"]): Promise<ProbeResult> {
  using route = await Route.plan(target, options);
  do route.take(await probeHop(route.target, { ...route.context, pace })); while (!route.result);
  return route.result;
}
