/**
 * Options and states of a response reader.
 *
 * @module
 */

import type { OptionNames } from "../text/check_options.ts";
import type { OutstandingRequest } from "./framing.ts";
import { LIMIT_NAMES, type LimitsInput } from "./limits.ts";
import type { InterimHead, ParsedResponse } from "./response.ts";

/**
 * The states of a reader.
 *
 * - `head`, `body`: in the middle of a response, or waiting for it
 * - `idle`: every request is answered; octets from here on are surplus
 * - `switched`: after 101 or a CONNECT, octets belong to another protocol
 * - `ended`: the stream is over, and nothing is missing
 * - `failed`: nothing more is read; see `ResponseReader.failure`
 */
export type ReaderState = "head" | "body" | "idle" | "switched" | "ended" | "failed";

/** Options of `ResponseReader`. */
export interface ResponseReaderOptions {
  /**
   * The requests that were sent, in order.
   *
   * @default [{ method: "GET" }]
   */
  readonly requests?: readonly OutstandingRequest[] | undefined;
  /** Limits that differ from `DEFAULT_LIMITS`. */
  readonly limits?: LimitsInput | undefined;
  /** Called with each interim head once it is complete. */
  readonly onInterim?: ((interim: InterimHead) => void) | undefined;
  /** Called with each response once its head is complete; the reader updates its body while it reads. */
  readonly onHead?: ((response: ParsedResponse) => void) | undefined;
  /** Called with the octets of content as they arrive: a view of the received piece. Copy it to keep it. */
  readonly onBody?: ((data: Uint8Array, response: ParsedResponse) => void) | undefined;
}

/** Names of {@linkcode ResponseReaderOptions}. */
export const READER_OPTION_NAMES = {
  requests: true,
  limits: LIMIT_NAMES,
  onInterim: true,
  onHead: true,
  onBody: true,
} as const satisfies OptionNames<ResponseReaderOptions>;
