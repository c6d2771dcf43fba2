/**
 * How late this process is right now.
 *
 * @module
 */

import { LagMeter } from "../../time/lag.ts";

/** Milliseconds for which a delay is remembered. */
const MEMORY = 500;

/** Watches the event loop, and tells by how much a moment that was just taken may be late. */
export class RecentLag extends LagMeter {
  /** The worst delay of the last 500 ms, in milliseconds. */
  get recent(): number {
    return this.worstSince(performance.now() - MEMORY);
  }
}
