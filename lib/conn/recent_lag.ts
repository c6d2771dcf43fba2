/**
 * How late this process is right now.
 *
 * @module
 */

import { LagMeter } from "../lag.ts";

/** Milliseconds for which a delay is remembered. */
const MEMORY = 500;

/** Watches the event loop, and tells by how much a moment that was just taken may be late. */
export class RecentLag extends LagMeter {
  readonly #delays: { at: number; delay: number }[] = [];
  #observed = 0;

  /** The worst delay of the last 500 ms, in milliseconds. */
  get recent(): number {
    const since = performance.now() - MEMORY;
    const { worst } = this;
    // A delay that is going on has not been observed yet.
    const current = worst > this.#observed ? worst : 0;
    return Math.max(current, ...this.#delays.filter(({ at }) => at >= since).map(({ delay }) => delay));
  }

  override observe(delay: number): void {
    super.observe(delay);
    this.#observed = Math.max(this.#observed, delay);
    const at = performance.now();
    while (this.#delays.length > 0 && this.#delays[0]!.at < at - MEMORY) this.#delays.shift();
    this.#delays.push({ at, delay });
  }
}
