/**
 * The interim (1xx) responses before one final response (RFC 9110 §15.2).
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import { INTERIM_HEADS, type LimitFailure, type ReaderLimits } from "./limits.ts";
import type { InterimHead } from "./response.ts";

/** Collects interim heads up to the limits on their number and size. */
export class InterimList {
  readonly heads: InterimHead[] = [];
  #octets = 0;

  /**
   * Adds an interim head.
   *
   * @param octets Its size on the wire
   * @returns The limit that the list now exceeds, if any
   */
  add(interim: InterimHead, octets: number, limits: ReaderLimits): LimitFailure | undefined {
    this.heads.push(interim);
    this.#octets += octets;
    const { maxInterim, maxHead } = limits;
    if (this.heads.length <= maxInterim && this.#octets <= maxHead * INTERIM_HEADS) return undefined;
    const message = `${formatQuantity(this.heads.length, "interim response")} of ${
      formatQuantity(this.#octets, "octet")
    }, and no final one`;
    return { offset: interim.offset, message };
  }
}
