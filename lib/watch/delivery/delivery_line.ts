/**
 * Delivers the notices of one receiver, one after the other.
 *
 * @module
 */

import type { Delivery, DeliveryQueue } from "../history/delivery_queue.ts";
import { pause } from "../run_task.ts";
import type { Receiver } from "../tasks/receiver.ts";
import type { ChangeNotice } from "./change_notice.ts";
import { type DeliveryFailure, queueFault } from "./delivery_failure.ts";
import { DELIVERY_LIMIT, notify } from "./notify.ts";
import { followUp, LONGEST_ASKED_WAIT, type RetryOptions } from "./retry.ts";

/** Milliseconds for which a delivery belongs to one process: long enough for a try and for recording its outcome. */
const LEASE = DELIVERY_LIMIT + 5000;

/** Options of a {@linkcode DeliveryLine}. */
export interface DeliveryLineOptions extends RetryOptions {
  /** Milliseconds to wait for the next try at most; later deliveries stay in the queue. @default {Infinity} */
  readonly longestWait?: number | undefined;
  /** Called with every failure. */
  readonly onFailure?: ((failure: DeliveryFailure) => void) | undefined;
}

/** One receiver and the work for it. */
export class DeliveryLine {
  readonly #digest: string;
  readonly #queue: DeliveryQueue;
  readonly #options: DeliveryLineOptions;
  readonly #signal: AbortSignal;
  /** Ends a wait, because the queue may have something new for this receiver. */
  #interrupt = new AbortController();
  #working: Promise<void> | undefined;
  #isClosed = false;
  /** The notice that is on its way. */
  #trying: number | undefined;
  /** Receiver and secrets; a reload may replace them. */
  target: { readonly receiver: Receiver; readonly redact: (text: string) => string };

  constructor(
    digest: string,
    target: DeliveryLine["target"],
    work: { queue: DeliveryQueue; options: DeliveryLineOptions; signal: AbortSignal },
  ) {
    this.#digest = digest;
    this.target = target;
    this.#queue = work.queue;
    this.#options = work.options;
    this.#signal = work.signal;
  }

  /** Settled when there is nothing to do. */
  get working(): Promise<void> | undefined {
    return this.#working;
  }

  /** Counts the notices in the queue that no other process tries right now. */
  count(): number {
    return this.#queue.count(this.#digest, this.#trying);
  }

  /** Starts to deliver what is in the queue, or looks again for something that is due earlier. */
  wake(): void {
    this.#interrupt.abort();
    this.#working ??= this.#work();
  }

  /** Takes no further notice from the queue. */
  close(): void {
    this.#isClosed = true;
    this.#interrupt.abort();
  }

  async #work(): Promise<void> {
    do {
      this.#interrupt = new AbortController();
      try {
        await this.#deliverQueued();
      } catch (error) {
        // The queue cannot be read or written right now. The next change starts another attempt.
        const { place } = this.target.receiver;
        this.#options.onFailure?.({ place, error: queueFault(error), tries: 0 });
      }
    } while (this.#interrupt.signal.aborted && !this.#isClosed && !this.#signal.aborted);
    this.#working = undefined;
  }

  async #deliverQueued(): Promise<void> {
    while (!this.#isClosed && !this.#signal.aborted) {
      const delivery = this.#queue.next(this.#digest);
      if (delivery === undefined) return;
      const wait = delivery.due - Date.now();
      // A longer wait means that the clock was set back.
      if (wait > 0 && wait <= LONGEST_ASKED_WAIT) {
        if (wait > (this.#options.longestWait ?? Infinity)) return;
        await pause(wait, AbortSignal.any([this.#signal, this.#interrupt.signal]));
        if (this.#interrupt.signal.aborted) this.#interrupt = new AbortController();
        // Meanwhile another process may have delivered it, or something else is due.
        continue;
      }
      if (!this.#queue.claim(delivery, Date.now() + LEASE)) continue;
      this.#trying = delivery.id;
      await this.#deliver(delivery);
      this.#trying = undefined;
    }
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { receiver, redact } = this.target;
    const failure = await notify(receiver, delivery.message, this.#signal);
    if (failure === undefined) return this.#queue.settle(delivery.id, { type: "delivered" });
    // A notice that the receiver took must not be sent again by the next process, even if this one is being stopped.
    if (this.#signal.aborted) return this.#queue.release(delivery);
    const now = Date.now();
    const error = redact(failure.error);
    const outcome = followUp({ ...failure, error }, delivery, { ...this.#options, now });
    this.#queue.settle(delivery.id, outcome);
    const { check, kind } = JSON.parse(delivery.message) as ChangeNotice;
    this.#options.onFailure?.({
      place: receiver.place,
      change: { check, kind },
      error,
      tries: delivery.tries + 1,
      ...(outcome.type === "failed" && { wait: outcome.due - now }),
      ...(failure.kind === "refused" && { refused: true }),
    });
  }
}
