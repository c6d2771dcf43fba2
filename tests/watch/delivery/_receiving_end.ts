import type { ChangeNotice } from "../../../lib/watch/delivery/change_notice.ts";
import { Deliverer, type DelivererOptions } from "../../../lib/watch/delivery/deliverer.ts";
import { describeDeliveryFailure, describeRetry } from "../../../lib/watch/delivery/delivery_text.ts";
import { History } from "../../../lib/watch/history/history.ts";
import { Recorder } from "../../../lib/watch/recorder.ts";
import type { Verdict } from "../../../lib/watch/run_task.ts";
import type { Receiver } from "../../../lib/watch/tasks/receiver.ts";
import type { Task } from "../../../lib/watch/tasks/task.ts";
import { runAt, task } from "../_samples.ts";

/** A request that a receiver got: check and kind of its notice, and the milliseconds since the first request. */
export interface Got {
  readonly told: string;
  readonly at: number;
}

/** A receiver whose answers a test decides. */
export class ReceivingEnd implements AsyncDisposable {
  /** The requests in order. */
  readonly got: Got[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  #begin: number | undefined;

  /** @param answer Answers a request, as in `shop down`, by its number from 1 */
  constructor(answer: (told: string, number: number) => Response | Promise<Response>) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
      const { check, kind } = await request.json() as ChangeNotice;
      this.#begin ??= Date.now();
      const told = `${check} ${kind}`;
      const number = this.got.push({ told, at: Date.now() - this.#begin });
      return await answer(told, number);
    });
  }

  get receiver(): Receiver {
    return { type: "webhook", place: "webhooks[0]", url: this.url, headers: {} };
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/hook`;
  }

  /** The notices in order. */
  get told(): string[] {
    return this.got.map(({ told }) => told);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** A watch without its probes: a test records the runs. */
export class RecordedWatch implements AsyncDisposable {
  readonly history: History;
  readonly deliverer: Deliverer;
  readonly recorder: Recorder;
  /** Failures of deliveries, as they are printed. */
  readonly failures: string[] = [];

  constructor(
    receivers: readonly Receiver[],
    options: DelivererOptions & { readonly path?: string | undefined } = {},
  ) {
    this.history = new History(options.path ?? ":memory:");
    this.deliverer = new Deliverer(this.history.deliveries, {
      ...options,
      onFailure: (failure) =>
        this.failures.push(`${describeDeliveryFailure(failure)}; ${describeRetry(failure)}`),
    });
    this.recorder = new Recorder(this.history, receivers, { onQueued: () => this.deliverer.wake() });
    this.setReceivers(receivers);
  }

  setReceivers(receivers: readonly Receiver[]): void {
    this.recorder.setReceivers(receivers);
    this.deliverer.setReceivers({ receivers, redact: (text) => text });
  }

  /** Records a run; if it queued a notice, the deliveries start. */
  record(check: string | Task, minute: number, verdict: Verdict): void {
    const checked = typeof check === "string" ? task({ name: check, url: "http://a.test/" }) : check;
    this.recorder.record({ task: checked, run: runAt(minute, verdict), skipped: 0 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.deliverer[Symbol.asyncDispose]();
    this.history[Symbol.dispose]();
  }
}
