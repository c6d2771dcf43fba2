/**
 * The table of all deviations: the ways in which a message can bend the rules, each with its code, class and rule.
 *
 * @module
 */

/**
 * The effect of a deviation on how a message is read.
 *
 * - `fatal`: the message is not delivered as complete
 * - `tolerated`: the RFC lets a reader reject the message or recover in one way, and sonde recovered
 * - `sender`: the sender broke a rule, but the message can be read in only one way
 * - `info`: allowed, but worth knowing
 */
export type DeviationClass = "fatal" | "tolerated" | "sender" | "info";

/** Class and rule of every deviation, by its code. */
export const DEVIATIONS = {
  "bare-lf": ["tolerated", "RFC 9112 §2.2"],
  "bare-cr": ["fatal", "RFC 9112 §2.2"],
  "leading-crlf": ["tolerated", "RFC 9112 §2.2"],
  "obs-fold": ["tolerated", "RFC 9112 §5.2"],
  "whitespace-before-first-header": ["fatal", "RFC 9112 §2.2"],
  "ows-before-colon": ["tolerated", "RFC 9112 §5.1"],
  "missing-colon": ["fatal", "RFC 9112 §5"],
  "empty-field-name": ["fatal", "RFC 9110 §5.1"],
  "invalid-field-name": ["fatal", "RFC 9110 §5.1"],
  "nul-in-name": ["fatal", "RFC 9110 §5.1"],
  "nul-in-value": ["fatal", "RFC 9110 §5.5"],
  "ctl-in-value": ["tolerated", "RFC 9110 §5.5"],
  "obs-text-in-value": ["info", "RFC 9110 §5.5"],
  "reason-obs-text": ["info", "RFC 9112 §4"],
  "missing-reason-space": ["tolerated", "RFC 9112 §4"],
  "status-line-whitespace": ["tolerated", "RFC 9112 §4"],
  "reason-padding": ["info", "RFC 9112 §4"],
  "reason-control-char": ["fatal", "RFC 9112 §4"],
  "unsupported-version": ["tolerated", "RFC 9110 §6.2"],
  "malformed-version": ["fatal", "RFC 9112 §2.3"],
  "not-http": ["fatal", "RFC 9112 §4"],
  "invalid-status-code": ["fatal", "RFC 9112 §4"],
  "status-out-of-range": ["tolerated", "RFC 9110 §15"],
  "unsolicited-101": ["sender", "RFC 9110 §15.2.2"],
  "invalid-content-length": ["fatal", "RFC 9112 §6.3"],
  "conflicting-content-length": ["fatal", "RFC 9112 §6.3"],
  "content-length-overflow": ["fatal", "RFC 9110 §8.6"],
  "duplicate-content-length": ["tolerated", "RFC 9110 §8.6"],
  "content-length-list": ["tolerated", "RFC 9110 §8.6"],
  "te-and-cl": ["tolerated", "RFC 9112 §6.3"],
  "te-not-chunked-final": ["tolerated", "RFC 9112 §6.3"],
  "te-duplicate-chunked": ["tolerated", "RFC 9112 §6.1"],
  "te-in-http10": ["tolerated", "RFC 9112 §6.1"],
  "te-empty-element": ["info", "RFC 9110 §5.6.1"],
  "transfer-coding-other": ["info", "RFC 9112 §7"],
  "content-length-on-1xx-204": ["sender", "RFC 9110 §8.6"],
  "transfer-encoding-on-1xx-204": ["sender", "RFC 9112 §6.1"],
  "framing-on-connect-2xx": ["sender", "RFC 9110 §9.3.6"],
  "ignored-invalid-framing": ["sender", "RFC 9110 §8.6"],
  "close-delimited": ["info", "RFC 9112 §6.3"],
  "chunk-extension": ["info", "RFC 9112 §7.1.1"],
  "chunk-bws": ["tolerated", "RFC 9112 §7.1.1"],
  "chunk-size-trailing-ws": ["tolerated", "RFC 9112 §7.1"],
  "chunk-ext-malformed": ["fatal", "RFC 9112 §7.1.1"],
  "chunk-size-invalid": ["fatal", "RFC 9112 §7.1"],
  "chunk-size-overflow": ["fatal", "RFC 9112 §7.1"],
  "bare-lf-in-chunk": ["fatal", "RFC 9112 §7.1"],
  "bare-cr-in-chunk": ["fatal", "RFC 9112 §7.1"],
  "chunk-data-not-terminated": ["fatal", "RFC 9112 §7.1"],
  "trailers": ["info", "RFC 9112 §7.1.2"],
  "forbidden-trailer-field": ["sender", "RFC 9110 §6.5.1"],
  "excess-data": ["sender", "RFC 9112 §9.2"],
  "excess-crlf": ["info", "RFC 9112 §9.2"],
  "data-after-close": ["sender", "RFC 9112 §9.6"],
  "truncated-head": ["fatal", "RFC 9112 §8"],
  "truncated-body": ["fatal", "RFC 9112 §8"],
  "truncated-chunked": ["fatal", "RFC 9112 §8"],
  "empty-reply": ["fatal", "RFC 9112 §8"],
  "tls-truncated": ["sender", "RFC 9112 §9.8"],
  "connection-lie": ["sender", "RFC 9112 §9.6"],
  "request-line-malformed": ["fatal", "RFC 9112 §3"],
  "request-line-whitespace": ["tolerated", "RFC 9112 §3"],
  "request-target-invalid": ["sender", "RFC 9112 §3.2"],
  "request-host": ["sender", "RFC 9112 §3.2"],
  "large-head": ["tolerated", "RFC 9110 §5.4"],
} as const satisfies Record<string, readonly [DeviationClass, string]>;

/** The name of a deviation: a closed list, part of the public interface. */
export type DeviationCode = keyof typeof DEVIATIONS;

/** One place where a response bent a rule. */
export interface Deviation {
  /** The code of the rule that was bent. */
  code: DeviationCode;
  /** Position in the stream of received octets, from 0. */
  offset: number;
  /** The finding in words. */
  message: string;
  /** The rule, as `RFC 9112 §2.2`. */
  rfc: string;
  /** The effect on how the message is read. */
  class: DeviationClass;
  /** The octets in question, escaped. */
  excerpt?: string;
  /** Number of occurrences, if only the first few are listed (chunk lines). */
  count?: number;
}

/** Every deviation code, in the order of the table. */
export const deviationCodes: readonly DeviationCode[] = Object.keys(DEVIATIONS) as DeviationCode[];

/** The class of a deviation. */
export function deviationClass(code: DeviationCode): DeviationClass {
  return DEVIATIONS[code][0];
}

/**
 * Makes the record of a deviation, with class and rule from the table.
 *
 * @param offset Position in the stream of received octets
 * @param excerpt The octets in question, one code unit each; this function escapes them and cuts them at 60
 */
export function makeDeviation(
  /** The code of the rule that was bent. */
  code: DeviationCode,
  offset: number,
  message: string,
  excerpt?: string,
): Deviation {
  const [deviationClass, rfc] = DEVIATIONS[code];
  const deviation: Deviation = { code, offset, message, rfc, class: deviationClass };
  if (excerpt !== undefined) deviation.excerpt = escapeExcerpt(excerpt);
  return deviation;
}

/** Sorts deviations by offset. Deviations at the same octet keep their order. */
export function inOrder(deviations: readonly Deviation[]): Deviation[] {
  return deviations.toSorted((a, b) => a.offset - b.offset);
}

/**
 * Records a deviation while a message is read; a fatal one stops the reader. Callers pass a class only to override the
 * one in the table.
 */
export type Note = (
  code: DeviationCode,
  offset: number,
  message: string,
  excerpt?: string,
  severity?: DeviationClass,
) => void;

const EXCERPT_LENGTH = 60;
/** Octets that the excerpt of a long text shows before the faulty octet. */
const EXCERPT_LEAD = 20;

/**
 * Cuts an excerpt from a text. It starts at the beginning, or shortly before the faulty octet if that is far from the
 * beginning.
 */
export function excerptAround(text: string, at: number): string {
  return at < EXCERPT_LENGTH - EXCERPT_LEAD ? text : text.slice(at - EXCERPT_LEAD);
}

/** Escapes text for an excerpt: backslashes and everything outside printable ASCII become escapes. */
export function escapeExcerpt(text: string): string {
  const shown = text.length > EXCERPT_LENGTH ? text.slice(0, EXCERPT_LENGTH) : text;
  // deno-lint-ignore no-control-regex -- this pattern finds control octets
  const escaped = shown.replace(/[\\\x00-\x1f\x7f-\uffff]/g, (unit) => {
    switch (unit) {
      case "\\":
        return "\\\\";
      case "\r":
        return "\\r";
      case "\n":
        return "\\n";
      case "\t":
        return "\\t";
    }
    return `\\x${unit.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return text.length > EXCERPT_LENGTH ? escaped + "…" : escaped;
}
