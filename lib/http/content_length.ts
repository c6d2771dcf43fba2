/**
 * Reads Content-Length (RFC 9112 §6.2, §6.3).
 *
 * @module
 */

import { type DeviationCode, escapeExcerpt } from "./deviation.ts";
import type { FramingDeviation, FramingVerdict, IndexedValue } from "./framing_verdict.ts";
import { type ListElement, listElementsOf } from "./list_elements.ts";
import { withoutUndefined } from "../without_undefined.ts";

/**
 * Decides the framing by Content-Length alone. Every element of every line must consist of digits, and all must be the
 * same number; anything else is an error.
 *
 * @param lines At least one
 */
export function decideContentLength(lines: readonly IndexedValue[]): FramingVerdict {
  const { value } = lines[0]!;
  if (lines.length === 1 && /^[0-9]{1,15}$/.test(value)) return contentLength(Number(value), []);
  // Quoted strings get no special treatment: a quote is not a digit, so the value is invalid anyway.
  const elements = listElementsOf(lines, false);
  const fault = findFault(elements);
  if (fault) {
    return { next: "fatal", framing: "content-length", length: 0, reusable: false, deviations: [fault] };
  }

  const deviations: FramingDeviation[] = [];
  if (lines.length > 1) {
    deviations.push({
      code: "duplicate-content-length",
      field: lines[1]!.field,
      message: `Content-Length appears ${lines.length} times with the same value`,
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
  return contentLength(Number(elements[0]!.text), deviations);
}

/** Finds the first element that makes the field unusable, and says why. */
function findFault(elements: readonly ListElement[]): FramingDeviation | undefined {
  const first = elements[0]!;
  const invalid = elements.find(({ text }) => !/^[0-9]+$/.test(text));
  if (invalid) {
    const found = invalid.text === ""
      ? "is empty"
      : `"${escapeExcerpt(invalid.text)}" is not a number of octets`;
    return faultAt(invalid, "invalid-content-length", `Content-Length ${found}`);
  }
  const number = withoutZeros(first);
  const other = elements.find((element) => withoutZeros(element) !== number);
  if (other) {
    const values = `${escapeExcerpt(first.text)} and ${escapeExcerpt(other.text)}`;
    return faultAt(other, "conflicting-content-length", `Content-Length has different values: ${values}`);
  }
  if (number.length > 16 || Number(number) > Number.MAX_SAFE_INTEGER) {
    const value = escapeExcerpt(first.text);
    return faultAt(first, "content-length-overflow", `Content-Length ${value} is above 2^53-1 octets`);
  }
  return undefined;
}

function faultAt({ field, at }: ListElement, code: DeviationCode, message: string): FramingDeviation {
  return withoutUndefined({ code, field, at, message });
}

function withoutZeros({ text }: ListElement): string {
  return text.replace(/^0+(?=[0-9])/, "");
}

function contentLength(length: number, deviations: readonly FramingDeviation[]): FramingVerdict {
  return { next: "body", framing: "content-length", length, reusable: true, deviations };
}
