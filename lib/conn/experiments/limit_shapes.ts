/**
 * Makes requests for the experiment `limits` that are large in one dimension and small in all others.
 *
 * @module
 */

import { decodeLatin1 } from "../../http/octets.ts";
import type { ComposedRequest } from "../../probe/compose_request.ts";
import type { Subject } from "../subject.ts";

/** A part of a request that a server may limit. */
export type LimitName = "request-line" | "field-line" | "head" | "field-lines";

/** A dimension in which requests grow, with the first and last size. */
export interface Dimension {
  readonly name: LimitName;
  readonly unit: "octets" | "lines";
  readonly first: number;
  readonly last: number;
  /** The search ends when the accepted and the refused size differ by at most this. */
  readonly step: number;
  readonly make: (subject: Subject, size: number) => ComposedRequest;
}

/**
 * Number of field lines over which a large head is spread, if the server accepts that many; it stays below limits on
 * the number.
 */
export const SPREAD = 60;
/** Octets of colon, blank and line end. */
const FRAME = ": \r\n".length;

/** Grows the request line alone. */
export const REQUEST_LINE: Dimension = {
  name: "request-line",
  unit: "octets",
  first: 2_048,
  last: 131_072,
  step: 128,
  make: (subject, size) => {
    const plain = subject.request({ requestTarget: subject.targetWith("sonde=") });
    const line = plain.bytes.indexOf(0x0a) + 1;
    return subject.request({
      requestTarget: subject.targetWith(`sonde=${"x".repeat(Math.max(0, size - line))}`),
    });
  },
};

/** Grows one field line. */
export const FIELD_LINE: Dimension = {
  name: "field-line",
  unit: "octets",
  first: 2_048,
  last: 131_072,
  step: 128,
  make: (subject, size) => withLines(subject, [size]),
};

/** Raises the number of field lines, each as short as possible. */
export const FIELD_LINES: Dimension = {
  name: "field-lines",
  unit: "lines",
  first: 64,
  last: 4_096,
  step: 1,
  make: (subject, size) =>
    withLines(subject, Array.from({ length: Math.max(0, size - linesOf(subject)) }, () => 0)),
};

/**
 * Grows the head by lengthening a fixed number of field lines.
 *
 * @param lines Number of field lines that a server accepts
 * @param longest Octets of a field line that a server accepts
 */
export function headDimension(lines: number, longest: number): Dimension {
  return {
    name: "head",
    unit: "octets",
    first: 4_096,
    // No field line comes near its own limit.
    last: Math.min(262_144, Math.floor(lines * longest / 2)),
    step: 512,
    make: (subject, size) => spreadHead(subject, size, lines),
  };
}

/** Composes a head of a given size whose padding is spread evenly over a number of field lines. */
export function spreadHead(subject: Subject, octets: number, lines: number): ComposedRequest {
  const left = Math.max(0, octets - subject.request().bytes.length);
  const each = Math.floor(left / lines);
  const longer = left - each * lines;
  return withLines(subject, Array.from({ length: lines }, (_, index) => each + (index < longer ? 1 : 0)));
}

/** Number of field lines of the plain request. */
export function linesOf(subject: Subject): number {
  return decodeLatin1(subject.request().bytes).split("\r\n").length - 3;
}

/**
 * Composes the plain request with padded field lines of these sizes in octets, including line ends. All names differ:
 * servers join lines with the same name, and apply the line limit to the result.
 */
function withLines(subject: Subject, sizes: readonly number[]): ComposedRequest {
  return subject.request({
    headers: sizes.map((size, index): [string, string] => {
      const name = `X${index.toString(36)}`;
      return [name, "x".repeat(Math.max(0, size - name.length - FRAME))];
    }),
  });
}
