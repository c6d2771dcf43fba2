/**
 * Delivers notices to receivers, and tries again after a failure.
 *
 * @module
 */

import { formatQuantity } from "../../text/count.ts";
import type { DeliveryQueue } from "../history/delivery_queue.ts";
import type { TaskPlan } from "../tasks/task.ts";
import { queueFault, type UnsentNotices } from "./delivery_failure.ts";
import { DeliveryLine, type DeliveryLineOptions } from "./delivery_line.ts";
import { addressDigest, receiverDigest } from "./receiver_digest.ts";

export type { DeliveryFailure, UnsentNotices } from "./delivery_failure.ts";

/** Milliseconds after which a notice without attempts counts as forgotten, and after which sonde gives it up. */
const FORGOTTEN = 3_600_000;
const ABANDONED = 2 * 86_400_000;

/** Options of a {@linkcode Deliverer}. */
export type DelivererOptions = DeliveryLineOptions;

/**
 * Delivers notices: to each receiver one after the other, to several receivers at the same time. No check waits for a
 * delivery.
 */
export class Deliverer implements AsyncDisposable {
  readonly #queue: DeliveryQueue;
  readonly #options: DelivererOptions;
  readonly #controller = new AbortController();
  readonly #lines = new Map<string, DeliveryLine>();
  /** The last deliveries to receivers that are gone. */
  readonly #ending = new Set<Promise<void>>();
  #forgotten = 0;

  constructor(queue: DeliveryQueue, options: DelivererOptions = {}) {
    this.#queue = queue;
    this.#options = options;
  }

  /** Replaces the receivers and secrets, and starts to deliver what the queue has for them. */
  setReceivers({ receivers, redact }: Pick<TaskPlan, "receivers" | "redact">): void {
    const digests = new Map(receivers.map((receiver) => [receiverDigest(receiver), receiver]));
    for (const [digest, line] of this.#lines) {
      if (digests.has(digest)) continue;
      this.#close(line);
      this.#lines.delete(digest);
    }
    for (const [digest, receiver] of digests) {
      const target = { receiver, redact };
      const line = this.#lines.get(digest);
      if (line !== undefined) line.target = target;
      else {
        const work = { queue: this.#queue, options: this.#options, signal: this.#controller.signal };
        this.#lines.set(digest, new DeliveryLine(digest, target, work));
      }
    }
    this.#adopt(
      [...digests].map(([digest, receiver]) => ({ receiver: digest, address: addressDigest(receiver) })),
    );
    this.wake();
  }

  #close(line: DeliveryLine): void {
    line.close();
    const { working } = line;
    if (working === undefined) return;
    this.#ending.add(working);
    void working.finally(() => this.#ending.delete(working));
  }

  /** Gives notices to receivers whose credentials changed, and reports notices whose receiver is gone. */
  #adopt(receivers: { receiver: string; address: string }[]): void {
    const now = Date.now();
    try {
      const forgotten = this.#queue.adopt(receivers, { idle: now - FORGOTTEN, oldest: now - ABANDONED });
      if (forgotten > this.#forgotten) {
        const notices = formatQuantity(forgotten, "notice waits", "notices wait");
        const error = `${notices} for a receiver that this task file no longer has`;
        this.#options.onFailure?.({ place: "history", error, tries: 0, forgotten: true });
      }
      this.#forgotten = forgotten;
    } catch (error) {
      // Another process holds the file, or the disk is full. The notices stay where they are.
      this.#options.onFailure?.({ place: "history", error: queueFault(error), tries: 0 });
    }
  }

  /** Starts to deliver what is in the queue, unless that goes on already. */
  wake(): void {
    for (const line of this.#lines.values()) line.wake();
  }

  /** Waits until the queue is worked off, but for `ms` milliseconds at most, or until the signal aborts. */
  async drain(ms: number, signal?: AbortSignal): Promise<void> {
    const limit = AbortSignal.timeout(ms);
    this.wake();
    const all = Promise.all([...this.#lines.values()].map(({ working }) => working));
    const late = Promise.withResolvers<void>();
    for (const stop of [limit, ...(signal === undefined ? [] : [signal])]) {
      if (stop.aborted) late.resolve();
      stop.addEventListener("abort", () => late.resolve(), { once: true });
    }
    await Promise.race([all, late.promise]);
  }

  /** Counts the notices in the queue for each receiver that has some. */
  unsent(): UnsentNotices[] {
    return [...this.#lines.values()].map((line) => ({
      place: line.target.receiver.place,
      count: line.count(),
    })).filter(({ count }) => count > 0);
  }

  /** Stops. What is not delivered stays in the queue. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#controller.abort();
    await Promise.all([...this.#ending, ...[...this.#lines.values()].map(({ working }) => working)]);
  }
}
