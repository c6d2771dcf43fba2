/**
 * Content-Length (RFC 9112 §6.2, §6.3).
 *
 * @module
 */

import type { DeviationCode } from "./deviation.ts";
import type { FramingDeviation, FramingVerdict, IndexedValue } from "./framing_verdict.ts";
import { trimOws } from "./octets.ts";

/**
 * Decides by Content-Length alone: digits in every element of every line, all the same number, or it is an error.
 *
 * @param lines At least one
 */
export function decideContentLength(lines: readonly IndexedValue[]): FramingVerdict {
  const { field, value } = lines[0]!;
  if (lines.length === 1 && /^[0-9]{1,15}$/.test(value)) return contentLength(Number(value), []);
  const refuse = (code: DeviationCode, message: string): FramingVerdict => ({
    next: "fatal",
    framing: "content-length",
    length: 0,
    reusable: false,
    deviations: [{ code, field, message }],
  });
  const elements = lines.flatMap((line) =>
    // Not as a list with quoted strings: a quote is no digit, whatever it is around.
    line.value.split(",").map(trimOws)
  );
  if (!elements.every((element) => /^[0-9]+$/.test(element))) {
    return refuse("invalid-content-length", "Content-Length is not a number of octets");
  }
  const numbers = elements.map((element) => element.replace(/^0+(?=[0-9])/, ""));
  if (numbers.some((number) => number !== numbers[0])) {
    return refuse("conflicting-content-length", "Content-Length has different values");
  }
  const length = Number(numbers[0]);
  if (numbers[0]!.length > 16 || length > Number.MAX_SAFE_INTEGER) {
    return refuse("content-length-overflow", "Content-Length is above 2^53-1 octets");
  }

  const deviations: FramingDeviation[] = [];
  if (lines.length > 1) {
    deviations.push({
      code: "duplicate-content-length",
      field: lines[1]!.field,
      message: `Content-Length ${lines.length} times with the same value`,
    });
  }
  const list = lines.find((line) => line.value.includes(","));
  if (list) {
    deviations.push({
      code: "content-length-list",
      field: list.field,
      message: "Content-Length is a list of equal values",
    });
  }
  return contentLength(length, deviations);
}

function contentLength(length: number, deviations: readonly FramingDeviation[]): FramingVerdict {
  return { next: "body", framing: "content-length", length, reusable: true, deviations };
}
