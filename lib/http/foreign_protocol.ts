// deno-lint-ignore-file no-control-regex -- binary protocols begin with control octets

/**
 * Names the protocol of a stream that does not begin like an HTTP/1.x message.
 *
 * @module
 */

/** Number of octets of a first line that decide. With more, the verdict would depend on how the stream was cut. */
export const RECOGNISED_OCTETS = 5;

/** Patterns of first octets, one code unit each, and the protocol that begins this way. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^\x15\x03/, "a TLS alert: this port speaks TLS, try https"],
  [/^\x16\x03/, "a TLS handshake: this port speaks TLS, try https"],
  [/^SSH-/, "an SSH greeting"],
  [/^2(?:20|21)[ -]/, "the greeting of an SMTP or FTP server"],
  [/^[45][0-9][0-9][ -]/, "a refusal by an SMTP or FTP server"],
  [/^PRI \*/, "the HTTP/2 connection preface"],
  [/^\x00[^][^]\x04/, "an HTTP/2 SETTINGS frame: the server speaks HTTP/2 only"],
  [/^\x00[^][^]\x07/, "an HTTP/2 GOAWAY frame: the server speaks HTTP/2 only"],
  [/^RTSP\//, "an RTSP response"],
  [/^SIP\//, "a SIP response"],
  [/^ICY /, "a SHOUTcast response (ICY)"],
  [/^\* OK/, "an IMAP greeting"],
  [/^\+OK/, "a POP3 or Redis reply"],
  [/^\+PO/, "a Redis reply"],
  [/^-(?:ERR|NOA|DEN)/, "a Redis or POP3 error"],
  [/^RFB /, "a VNC greeting"],
  [/^<(?:!|h|H|\?)/, "a document without a head: HTTP/0.9"],
  [/^(?:GET |PUT |POST|HEAD|DELE|OPTI|PATCH|CONN|TRAC)/, "an HTTP request, not a response"],
  [/^[^]\x00\x00\x00$/, "a MySQL greeting"],
];

/** Patterns of the first octets of a client that does not send an HTTP/1.x request. */
const REQUEST_BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^\x15\x03/, "a TLS alert"],
  [/^\x16\x03/, "a TLS handshake: the client speaks https"],
  [/^SSH-/, "an SSH greeting"],
  [/^PRI \*/, "the HTTP/2 connection preface"],
  [/^HTTP\//, "an HTTP response, not a request"],
  [/^[\x04\x05]/, "a SOCKS request"],
];

/**
 * Names the protocol that a stream looks like.
 *
 * @param beginning Its first octets, up to {@linkcode RECOGNISED_OCTETS}, one code unit each
 * @returns A phrase to put after "this looks like"
 */
export function nameForeignProtocol(beginning: string): string {
  for (const [pattern, name] of BEGINNINGS) {
    if (pattern.test(beginning)) return name;
  }
  return "an unknown protocol (perhaps HTTP/0.9)";
}

/**
 * Gives the first octets of a line without leading SP, HTAB, VT and FF, which RFC 9112 §4 lets a reader of status-lines
 * skip.
 *
 * @param text A piece of the line
 * @param before The result of this function for the previous piece
 */
export function beginningOf(text: string, before = ""): string {
  if (before.length === RECOGNISED_OCTETS) return before;
  const first = before === "" ? text.search(/[^ \t\v\f]/) : 0;
  return first === -1 ? "" : before + text.slice(first, first + RECOGNISED_OCTETS - before.length);
}

/** The two kinds of start-line. */
export type StartLineKind = "status-line" | "request-line";

/**
 * Names the protocol that the stream of a client looks like, if it does not begin like an HTTP/1.x request.
 *
 * @param beginning As for {@linkcode nameForeignProtocol}
 */
export function nameForeignRequest(beginning: string): string {
  for (const [pattern, name] of REQUEST_BEGINNINGS) {
    if (pattern.test(beginning)) return name;
  }
  return "an unknown protocol";
}

/** Tells whether octets, up to {@linkcode RECOGNISED_OCTETS}, can begin a start-line. */
export function mayBegin(kind: StartLineKind, beginning: string): boolean {
  if (kind === "status-line") return "HTTP".startsWith(beginning.slice(0, 4).toUpperCase());
  // Octets after the first word belong to the request-target; a fault there has a code of its own.
  return !/^[^ \t\v\f]*[\x00-\x08\x0e-\x1f\x7f-\xff]/.test(beginning) &&
    !REQUEST_BEGINNINGS.some(([pattern]) => pattern.test(beginning));
}

/**
 * Tells whether the received part of a line cannot begin a start-line.
 *
 * @param beginning Result of {@linkcode beginningOf}
 * @param complete True if the whole line was received
 */
export function isForeign(beginning: string, complete = false, kind: StartLineKind = "status-line"): boolean {
  if (!complete && beginning.length < RECOGNISED_OCTETS) return false;
  if (kind === "status-line") return beginning.slice(0, 4).toUpperCase() !== "HTTP";
  return !mayBegin(kind, beginning);
}
