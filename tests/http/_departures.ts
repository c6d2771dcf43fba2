/**
 * Lists the differences between the reader and llhttp, with their reasons.
 *
 * @module
 */

import type { DeviationCode } from "../../lib/http/deviation.ts";
import { decodeLatin1, encodeLatin1 } from "../../lib/http/octets.ts";
import { readWithLlhttp } from "./_llhttp.ts";
import { outcomeOf } from "./_outcome.ts";

/** The kind of a difference. */
export type Disagreement = "they accept" | "they refuse" | "other content";

/** A difference between the two; an absent field matches anything. */
export interface Departure {
  readonly kind?: Disagreement;
  /** The deviation that ends our reading. */
  readonly code?: DeviationCode;
  readonly wire?: RegExp;
  readonly reason: string;
}

/** The differences from llhttp, with their reasons. */
export const DEPARTURES: readonly Departure[] = [
  { code: "reason-control-char", reason: "RFC 9112 §4: no control octet in a reason" },
  {
    kind: "other content",
    wire: /^[\r\n]*HTTP.*[\v\f]/,
    reason: "RFC 9112 §4: VT and FF around a reason are blanks",
  },
  {
    code: "bare-cr",
    wire: /^[\r\n]*HTTP.*\r\r/,
    reason: "RFC 9112 §2.2: a CR without LF ends no status-line",
  },
  { code: "bare-cr", wire: /^[\r\n]+HTTP/, reason: "RFC 9112 §2.2: a CR without LF" },
  { code: "not-http", wire: /^RTSP/, reason: "llhttp reads RTSP too" },
  { code: "chunk-ext-malformed", reason: "RFC 9112 §7.1.1: an extension has a name, and a value after =" },
  { wire: /^[\r\n]*HTTP\/[0-9]\.[0-9] 1/, reason: "an interim response ends a message for llhttp" },
  {
    kind: "they refuse",
    wire: /^Content-Length:.*\t/im,
    reason: "RFC 9112 §5: HTAB around a value is no part of it",
  },
  { wire: /^Transfer-Encoding:.*\t/im, reason: "RFC 9112 §5: HTAB around a value is no part of it" },
  { wire: /^Transfer-Encoding:.*, *\r?$/im, reason: "RFC 9110 §5.6.1: empty elements do not count" },
  { wire: /^Transfer-Encoding:.*"/im, reason: "RFC 9110 §5.6.4: a comma in a quoted string ends no element" },
];

/** The first departure that explains a difference. */
export function departureOf(wire: string, kind: Disagreement): Departure | undefined {
  const code = outcomeOf([encodeLatin1(wire)]).failure?.code;
  return DEPARTURES.find((departure) =>
    (departure.kind ?? kind) === kind && (departure.code ?? code) === code &&
    (departure.wire?.test(wire) ?? true)
  );
}

/** Compares the two; `undefined` if they agree. */
export function disagreement(wire: string): Disagreement | undefined {
  const theirs = readWithLlhttp(encodeLatin1(wire));
  const ours = outcomeOf([encodeLatin1(wire)]);
  const [response] = ours.responses;
  if (!theirs) {
    const faultless = ours.deviations.every((deviation) => deviation.class === "info");
    return ours.state === "ended" && faultless ? "they refuse" : undefined;
  }
  if (ours.state !== "ended" || !response) return "they accept";
  const { version, status, reason, headers, content, body } = response;
  const read = {
    version,
    status,
    reason,
    headers: headers.flat(),
    content: decodeLatin1(content),
    trailers: body.trailers.flat(),
    complete: body.complete,
  };
  return JSON.stringify(read) === JSON.stringify(theirs) ? undefined : "other content";
}
