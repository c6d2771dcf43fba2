/**
 * The verdict on how a body is framed, and the facts that decide it: types only.
 *
 * @module
 */

import type { DeviationClass, DeviationCode } from "./deviation.ts";

/** The ways to find the end of a body (RFC 9112 §6.3). */
export type Framing = "content-length" | "chunked" | "until-close" | "none";

/** The facts of a request that decide how its answer is read. */
export interface OutstandingRequest {
  /** Compared as written: methods are case-sensitive (RFC 9110 §9.1). */
  readonly method: string;
  /** True if the request asked for another protocol with `Upgrade`. */
  readonly upgrade?: boolean;
}

/** The verdict on a head. */
export interface FramingVerdict {
  /** `fatal`: a deviation in the list says why the body cannot be read. */
  readonly next: "interim" | "body" | "switched" | "fatal";
  readonly framing: Framing;
  /** Length in octets, for `content-length`. */
  readonly length: number;
  /** False if the framing forbids another request on this connection. */
  readonly reusable: boolean;
  readonly deviations: readonly FramingDeviation[];
}

/** A deviation and the field line that it concerns. */
export interface FramingDeviation {
  readonly code: DeviationCode;
  /** Index of the field line; -1 if the deviation concerns the whole head. */
  readonly field: number;
  /** Index in the value of the first octet of the faulty list element; absent if the whole line is at fault. */
  readonly at?: number;
  readonly message: string;
  /** The class, if it differs from the usual class of the code. */
  readonly class?: DeviationClass;
}

/** The value of a field line, and its index. */
export interface IndexedValue {
  readonly field: number;
  readonly value: string;
}
