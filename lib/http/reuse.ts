/**
 * Decides whether a connection may carry another request, and classifies octets that no request asked for.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import type { ReaderState } from "./reader_options.ts";
import type { ParsedResponse } from "./response.ts";
import type { SurplusReason, SurplusWatch } from "./surplus.ts";

/** The facts that decide both. */
export interface ReadSoFar {
  readonly state: ReaderState;
  /** Octets that belong to no response. */
  readonly surplus: SurplusWatch | undefined;
  /** The current or last message; absent before the first request. */
  readonly message: { readonly response: ParsedResponse | undefined } | undefined;
}

/** Explains why octets that arrive now belong to no response. */
export function reasonForSurplus({ state, message }: ReadSoFar): SurplusReason {
  if (state === "switched") return "switched";
  if (!message) return "early";
  return message.response?.announced.persistent === false ? "closed" : "unexpected";
}

/**
 * Explains why the connection may carry no other request.
 *
 * @returns `undefined` if it may carry one
 */
export function reasonAgainstReuse({ state, surplus, message }: ReadSoFar): string | undefined {
  if (state === "failed" || state === "ended") return "the stream is over";
  if (state === "switched") return "the connection has left HTTP";
  if (surplus?.hasData) {
    return `${formatQuantity(surplus.bytes, "octet")} came ${
      message ? "after the last response" : "before the first request"
    }`;
  }
  if (message?.response?.persistent === false) return "the last response ends the use of the connection";
  return undefined;
}
