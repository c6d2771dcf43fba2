/**
 * When what happened in an exchange of octets.
 *
 * @module
 */

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

  /** Durations in milliseconds, up to now. */
  get timings(): Timings {
    const [sentAt, firstAt] = [this.#sentAt, this.#firstAt];
    return {
      ...(sentAt !== undefined && { send: sentAt - this.#startedAt }),
      ...(firstAt !== undefined && {
        wait: Math.max(0, firstAt - (sentAt ?? firstAt)),
        receive: this.#lastAt - firstAt,
      }),
      total: performance.now() - this.#startedAt,
    };
  }
}
