/**
 * Measures the times of one raw exchange.
 *
 * @module
 */

import type { ConnectionReader } from "../net/connection_reader.ts";
import { phaseTimes } from "../phase_times.ts";
import type { Phase, Timings } from "../result.ts";

/** Tells the phase of an exchange and the duration of each. Moments are values of `performance.now()`. */
export class ExchangeClock {
  readonly #startedAt = performance.now();
  readonly #stream: Pick<ConnectionReader, "firstOctetAt" | "lastOctetAt">;
  #sentAt: number | undefined;

  /** @param stream Tells when octets came */
  constructor(stream: Pick<ConnectionReader, "firstOctetAt" | "lastOctetAt">) {
    this.#stream = stream;
  }

  /** Records that everything is sent. */
  sent(): void {
    this.#sentAt = performance.now();
  }

  /** `performance.now()` when the last octets came, or when the exchange began if none came. */
  get lastReceivedAt(): number {
    return this.#stream.lastOctetAt ?? this.#startedAt;
  }

  /** The current phase. */
  get phase(): Phase {
    if (this.#sentAt === undefined) return "send";
    return this.#stream.firstOctetAt === undefined ? "wait" : "body";
  }

  /** Durations in milliseconds until now; `listen` is the silence after the last octet. */
  get timings(): Timings {
    const [startedAt, sentAt, { firstOctetAt }] = [this.#startedAt, this.#sentAt, this.#stream];
    const now = performance.now();
    const endedAt = firstOctetAt === undefined ? now : Math.max(this.lastReceivedAt, sentAt ?? 0);
    return {
      ...phaseTimes({ startedAt, sentAt, firstOctetAt, endedAt }),
      ...(endedAt < now && { listen: now - endedAt }),
      total: now - startedAt,
    };
  }
}
