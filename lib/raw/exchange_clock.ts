/**
 * When what happened in an exchange of octets.
 *
 * @module
 */

import { phaseTimes } from "../phase_times.ts";
import type { Phase, Timings } from "../result.ts";

/** Points in time are values of `performance.now()`. */
export class ExchangeClock {
  readonly #startedAt = performance.now();
  #sentAt: number | undefined;
  #firstAt: number | undefined;
  #lastAt = this.#startedAt;

  /** Octets have come. */
  received(): void {
    this.#lastAt = performance.now();
    this.#firstAt ??= this.#lastAt;
  }

  /** Everything is sent. */
  sent(): void {
    this.#sentAt = performance.now();
  }

  /** Whether anything has come. */
  get answered(): boolean {
    return this.#firstAt !== undefined;
  }

  /** When octets came last; before there were any, when it began. */
  get lastReceivedAt(): number {
    return this.#lastAt;
  }

  /** What the exchange is busy with. */
  get phase(): Phase {
    if (this.#sentAt === undefined) return "send";
    return this.#firstAt === undefined ? "wait" : "body";
  }

  /** Durations in milliseconds, up to now; `listen` is the silence after the last octet. */
  get timings(): Timings {
    const [startedAt, sentAt, firstOctetAt] = [this.#startedAt, this.#sentAt, this.#firstAt];
    const now = performance.now();
    const endedAt = firstOctetAt === undefined ? now : Math.max(this.#lastAt, sentAt ?? 0);
    return {
      ...phaseTimes({ startedAt, sentAt, firstOctetAt, endedAt }),
      ...(endedAt < now && { listen: now - endedAt }),
      total: now - startedAt,
    };
  }
}
