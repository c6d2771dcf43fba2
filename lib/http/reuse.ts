/**
 * Decides from the octets read whether a connection may carry another request, and names octets that nobody asked for.
 *
 * @module
 */

import { formatQuantity } from "../text/count.ts";
import type { ReaderState } from "./reader_options.ts";
import type { ParsedResponse } from "./response.ts";
import type { SurplusReason, SurplusWatch } from "./surplus.ts";

/** The facts to judge by. */
export interface ReadSoFar {
  readonly state: ReaderState;
  /** Octets that belong to no response. */
  readonly surplus: SurplusWatch | undefined;
  /** The message that is read or was read last; absent before the first request. */
  readonly message: { readonly response: ParsedResponse | undefined } | undefined;
}

/** Says why octets that come now belong to no response. */
export function reasonForSurplus({ state, message }: ReadSoFar): SurplusReason {
  if (state === "switched") return "switched";
  if (!message) return "early";
  return message.response?.announced.persistent === false ? "closed" : "unexpected";
}

/**
 * Says why no other request may be sent.
 *
 * @returns `undefined` if nothing speaks against it
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
