/**
 * Delivers notices to receivers, and tries again after a failure.
 *
 * @module
 */

import type { Delivery, DeliveryOutcome, DeliveryQueue } from "../history/delivery_queue.ts";
import { pause } from "../run_task.ts";
import type { Receiver, TaskPlan } from "../tasks/task.ts";
import type { ChangeNotice } from "./change_notice.ts";
import { DELIVERY_LIMIT, notify } from "./notify.ts";
import { receiverDigest } from "./receiver_digest.ts";

/** Tries before a delivery is given up, about nineteen minutes after the first one. */
const MOST_TRIES = 12;

/** Milliseconds before the second try. Each further wait is twice as long, up to five minutes. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 300_000;

/** Milliseconds for which a delivery belongs to one process: long enough for a try and for recording its outcome. */
const LEASE = DELIVERY_LIMIT + 5000;

/** An attempt to deliver a notice that failed; secrets are replaced by `***`. */
export interface DeliveryFailure {
  /** Entry of the receiver in the task file, as in `webhooks[0]`. */
  readonly place: string;
  /** The change in the notice; absent if the queue itself failed. */
  readonly change?: Pick<ChangeNotice, "check" | "kind">;
  /** Cause of the failure, in words. */
  readonly error: string;
  /** Attempts so far, this one included. */
  readonly tries: number;
  /** Milliseconds until the next attempt; absent if there is none. */
  readonly wait?: number;
}

/** Notices that a receiver has not got yet. */
export interface UnsentNotices {
  /** Entry of the receiver in the task file, as in `webhooks[0]`. */
  readonly place: string;
  /** Notices in the queue. */
  readonly count: number;
}

/** Options of a {@linkcode Deliverer}. */
export interface DelivererOptions {
  /** Milliseconds before the second try. @default {1000} */
  readonly firstWait?: number | undefined;
  /** Milliseconds to wait for the next try at most; later deliveries stay in the queue. @default {Infinity} */
  readonly longestWait?: number | undefined;
  /** Called with every failure. */
  readonly onFailure?: ((failure: DeliveryFailure) => void) | undefined;
}

/** One receiver and the work for it. */
interface Line {
  receiver: Receiver;
  redact: (text: string) => string;
  /** The queue may have something new for this receiver. */
  woken: boolean;
  working: Promise<void> | undefined;
}

/**
 * Delivers notices: to each receiver one after the other, to several receivers at the same time. No check waits for a
 * delivery.
 */
export class Deliverer implements AsyncDisposable {
  readonly #queue: DeliveryQueue;
  readonly #options: DelivererOptions;
  readonly #controller = new AbortController();
  readonly #lines = new Map<string, Line>();

  constructor(queue: DeliveryQueue, options: DelivererOptions = {}) {
    this.#queue = queue;
    this.#options = options;
  }

  /** Replaces the receivers and secrets, and starts to deliver what the queue has for them. */
  setReceivers({ receivers, redact }: Pick<TaskPlan, "receivers" | "redact">): void {
    const digests = new Map(receivers.map((receiver) => [receiverDigest(receiver), receiver]));
    for (const digest of this.#lines.keys()) if (!digests.has(digest)) this.#lines.delete(digest);
    for (const [digest, receiver] of digests) {
      const line = this.#lines.get(digest);
      // The headers of the same webhook may be new.
      if (line !== undefined) Object.assign(line, { receiver, redact });
      else this.#lines.set(digest, { receiver, redact, woken: false, working: undefined });
    }
    this.wake();
  }

  /** Starts to deliver what is in the queue, unless that goes on already. */
  wake(): void {
    for (const [digest, line] of this.#lines) {
      line.woken = true;
      line.working ??= this.#deliverAll(digest, line);
    }
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
    return [...this.#lines].map(([digest, { receiver: { place } }]) => ({
      place,
      count: this.#queue.count(digest),
    }))
      .filter(({ count }) => count > 0);
  }

  async #deliverAll(digest: string, line: Line): Promise<void> {
    while (line.woken) {
      line.woken = false;
      try {
        await this.#deliverQueued(digest, line);
      } catch (error) {
        // The queue cannot be read or written right now. The next change starts another attempt.
        const { place } = line.receiver;
        this.#options.onFailure?.({ place, error: (error as Error).message, tries: 0 });
      }
    }
    line.working = undefined;
  }

  async #deliverQueued(digest: string, line: Line): Promise<void> {
    const { signal } = this.#controller;
    while (this.#lines.has(digest)) {
      const delivery = this.#queue.next(digest);
      if (delivery === undefined) return;
      const wait = delivery.due - Date.now();
      // A longer wait means that the clock was set back.
      if (wait > 0 && wait <= LONGEST_WAIT) {
        if (wait > (this.#options.longestWait ?? Infinity)) return;
        await pause(wait, signal);
        if (signal.aborted) return;
        // Meanwhile another process may have delivered it.
        continue;
      }
      if (!this.#queue.claim(delivery, Date.now() + LEASE)) continue;
      const { receiver, redact } = line;
      const failure = await notify(receiver, delivery.message, signal);
      const error = failure === undefined ? undefined : redact(failure);
      // A notice that the receiver took must not be sent again by the next process, even if this one is being stopped.
      if (signal.aborted && error !== undefined) return this.#queue.release(delivery);
      this.#queue.settle(delivery.id, this.#judge(error, delivery, receiver));
    }
  }

  #judge(error: string | undefined, delivery: Delivery, { place }: Receiver): DeliveryOutcome {
    if (error === undefined) return { type: "delivered" };
    const tries = delivery.tries + 1;
    const { check, kind } = JSON.parse(delivery.message) as ChangeNotice;
    const failure = { place, change: { check, kind }, error, tries };
    if (tries >= MOST_TRIES) {
      this.#options.onFailure?.(failure);
      return { type: "given-up", error };
    }
    const wait = Math.min((this.#options.firstWait ?? FIRST_WAIT) * 2 ** (tries - 1), LONGEST_WAIT);
    this.#options.onFailure?.({ ...failure, wait });
    return { type: "failed", error, due: Date.now() + wait };
  }

  /** Stops. What is not delivered stays in the queue. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#controller.abort();
    await Promise.all([...this.#lines.values()].map(({ working }) => working));
  }
}
