/**
 * How responses are to be read.
 *
 * @module
 */

import type { OutstandingRequest } from "./framing.ts";
import type { ReaderLimits } from "./limits.ts";
import type { InterimHead, ParsedResponse } from "./response.ts";

/** Options of `ResponseReader`. */
export interface ResponseReaderOptions {
  /**
   * The requests that were sent, in order.
   *
   * @default [{ method: "GET" }]
   */
  readonly requests?: readonly OutstandingRequest[];
  /** Limits that differ from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<ReaderLimits>;
  /** Given each interim head as it is complete. */
  readonly onInterim?: (interim: InterimHead) => void;
  /** Given each response when its head is complete; its body fills while reading goes on. */
  readonly onHead?: (response: ParsedResponse) => void;
  /** Given the octets of content as they come: a view of the received piece, to be copied if it is kept. */
  readonly onBody?: (data: Uint8Array, response: ParsedResponse) => void;
}
