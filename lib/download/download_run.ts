/**
 * Runs one download from start to end.
 *
 * @module
 */

import { withoutUndefined } from "../without_undefined.ts";
import { formatQuantity } from "../text/count.ts";
import { headerChanges } from "../probe/header_changes.ts";
import { prepareHop } from "../probe/hop.ts";
import type { ProbeOptions } from "../probe/options.ts";
import { Route } from "../probe/route.ts";
import type { ProbeResult } from "../result.ts";
import { formatUrl, schemesToTry, settleTarget, type Target } from "../target/target.ts";
import type { AnswerReceiver } from "./answer_receiver.ts";
import { ifRange } from "./content_range.ts";
import { Destination } from "./destination.ts";
import { DownloadFault } from "./download_fault.ts";
import { makeDownloadHop } from "./download_hop.ts";
import type { DownloadError, DownloadErrorKind, DownloadResult } from "./download_result.ts";
import type { DownloadOptions } from "./download_options.ts";
import { ProgressMeter } from "./progress_meter.ts";
import { ownRange, restFields } from "./range_request.ts";

/**
 * An honest server needs one request, or two if a part turns out to be useless. This bound stops a server that sends
 * ever smaller parts.
 */
const MOST_REQUESTS = 20;

/** One call of `download()`. */
export class DownloadRun implements Disposable {
  readonly #target: Target;
  readonly #options: DownloadOptions;
  readonly #destination: Destination;
  readonly #progress: ProgressMeter;
  #startedAt = performance.now();
  #wallClock = Date.now();
  readonly #exchanges: ProbeResult[] = [];
  readonly #url: string;
  #restarted: string | undefined;
  #total: number | undefined;
  #receiving = 0;
  #checking: number | undefined;
  #sha256: string | undefined;

  constructor(target: Target, options: DownloadOptions) {
    this.#target = target;
    this.#options = options;
    this.#url = formatUrl(settleTarget(target, schemesToTry(target)[0]!));
    this.#destination = new Destination(this.#url, options);
    this.#progress = new ProgressMeter(this.#destination, options.onProgress);
  }

  /** Runs the whole download and returns its result. */
  async finish(): Promise<DownloadResult> {
    try {
      const [scheme] = schemesToTry(this.#target);
      await prepareHop(settleTarget(this.#target, scheme!), this.#options);
      this.#startedAt = performance.now();
      this.#wallClock = Date.now();
      this.#destination.prepare();
      while (!await this.#request()) {
        if (this.#exchanges.length < MOST_REQUESTS) continue;
        const message =
          `Cannot download ${this.#url}: ${MOST_REQUESTS} requests, and the content is not complete`;
        throw new DownloadFault({ kind: "range", phase: "head", by: "target", message });
      }
      await this.#check();
      this.#destination.complete();
      this.#progress.end();
      return this.#describe();
    } catch (error) {
      if (!(error instanceof DownloadFault)) throw error;
      return this.#describe(error.detail);
    }
  }

  async #check(): Promise<void> {
    const { signal, expectedSha256 } = this.#options;
    const startedAt = performance.now();
    const digest = await this.#destination.digest({
      signal,
      onPiece: (hashed) => this.#progress.addHashed(hashed),
    });
    this.#checking = performance.now() - startedAt;
    this.#sha256 = digest;
    if (expectedSha256 === undefined || expectedSha256.toLowerCase() === digest) return;
    this.#destination.forbidResume();
    const message =
      `Cannot accept ${this.#url}: its SHA-256 is ${digest}, and not ${expectedSha256.toLowerCase()}`;
    throw new DownloadFault({ kind: "digest", by: "target", message });
  }

  /** Makes one request. Returns true once the content is complete. */
  async #request(): Promise<boolean> {
    const destination = this.#destination;
    const before = destination.bytes;
    await destination.open();
    const receivers: AnswerReceiver[] = [];
    const own = ownRange(this.#options);
    const asked = { from: before, ...destination.held, ownRange: own };
    const makeHop = makeDownloadHop({
      options: this.#options,
      asked,
      destination,
      progress: this.#progress,
      receivers,
    });
    using route = await Route.plan(this.#target, this.#probeOptions());
    do route.take(await makeHop(route.target, route.context)); while (!route.result);
    const { result } = route;
    this.#exchanges.push(result);
    const receiver = receivers.at(-1);
    if (receiver?.failure !== undefined) throw receiver.failure;
    if (result.status === undefined || result.error?.kind === "redirect" || receiver?.verdict === undefined) {
      throw new DownloadFault(result.error ?? this.#refusal("no answer came"));
    }
    const { verdict } = receiver;
    this.#total = verdict.type === "whole" ? receiver.total : receiver.total ?? this.#total;
    switch (verdict.type) {
      case "refused":
        throw new DownloadFault(this.#refusal(verdict.cause, verdict.kind));
      case "complete":
        this.#total = before;
        return true;
      case "left":
        destination.continuePart(destination.file!, verdict.part);
        return false;
      case "restart":
        this.#restarted = verdict.cause;
        destination.discard();
        return false;
      case "whole":
        this.#restarted = before > 0 ? verdict.cause : this.#restarted ?? destination.resumeRefusal;
        this.#take(result, receiver);
        return true;
      case "continuation":
        this.#take(result, receiver);
        // Without a total, only another request shows whether something is missing.
        return destination.bytes >= (this.#total ?? Infinity) || !this.#isWorthAsking(before);
    }
  }

  #take({ timings: { receive = 0 }, error }: ProbeResult, { missingOctets }: AnswerReceiver): void {
    this.#receiving += receive;
    if (error) throw new DownloadFault(error);
    if (missingOctets === 0) return;
    const message =
      `Cannot download ${this.#url}: the connection was closed ${
        formatQuantity(missingOctets, "octet")
      } before the end ` +
      "of the answer's range (Content-Range)";
    throw new DownloadFault({ kind: "truncated", phase: "body", by: "target", message });
  }

  /** A server may send less than the requested rest, but it must send something. */
  #isWorthAsking(before: number): boolean {
    if (this.#destination.bytes > before) return true;
    const message = `Cannot download ${this.#url}: the answer brought none of the octets that are missing`;
    throw new DownloadFault({ kind: "range", phase: "body", by: "target", message });
  }

  #refusal(cause: string, kind: DownloadErrorKind = "status"): DownloadError {
    return { kind, phase: "head", by: "target", message: `Cannot download ${this.#url}: ${cause}` };
  }

  #probeOptions(): ProbeOptions {
    const { headers = [], maxTime = Infinity, maxBody = Infinity } = this.#options;
    const { bytes, held: { validator } } = this.#destination;
    return {
      ...this.#options,
      headers: [...headerChanges(headers), ...restFields(bytes, validator)],
      maxTime: this.#exchanges.length === 0
        ? maxTime
        : Math.max(0, maxTime - (performance.now() - this.#startedAt)),
      maxBody,
    };
  }

  #describe(error?: DownloadError): DownloadResult {
    const { file, bytes, partPath, resumedAt, held: { validator } } = this.#destination;
    const received = this.#progress.received;
    const isIncomplete = error !== undefined && partPath !== undefined;
    const receive = this.#receiving > 0 ? this.#receiving : undefined;
    return withoutUndefined({
      schema: 1,
      input: this.#target.input,
      url: this.#exchanges.at(-1)?.url ?? this.#url,
      startedAt: new Date(this.#wallClock).toISOString(),
      ok: error === undefined,
      error,
      file: error ? undefined : file,
      part: isIncomplete ? partPath : undefined,
      resumable: isIncomplete
        ? error.kind !== "digest" && bytes > 0 && ifRange(validator) !== undefined
        : undefined,
      bytes,
      total: this.#total,
      received,
      resumedAt,
      restarted: this.#restarted,
      rate: receive !== undefined && received > 0 ? received / (receive / 1000) : undefined,
      sha256: this.#sha256,
      timings: withoutUndefined({
        receive,
        digest: this.#checking,
        total: performance.now() - this.#startedAt,
      }),
      exchanges: this.#exchanges,
    });
  }

  /** Closes open files. */
  [Symbol.dispose](): void {
    this.#destination[Symbol.dispose]();
  }
}
