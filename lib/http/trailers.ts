/**
 * Lists the field names that a trailer section must not contain.
 *
 * @module
 */

/**
 * RFC 9110 §6.5.1 forbids trailer fields that frame, route, authenticate or decode the message, or that modify the
 * request. The names come from RFC 7230 §4.1.2 and the definitions of the fields.
 */
const FORBIDDEN: ReadonlySet<string> = new Set([
  "transfer-encoding",
  "content-length",
  "host",
  "connection",
  "keep-alive",
  "te",
  "trailer",
  "upgrade",
  "cache-control",
  "expect",
  "max-forwards",
  "pragma",
  "range",
  "authorization",
  "proxy-authenticate",
  "proxy-authorization",
  "www-authenticate",
  "set-cookie",
  "cookie",
  "content-encoding",
  "content-type",
  "content-range",
  "location",
  "retry-after",
  "vary",
  "age",
  "date",
  "expires",
  "warning",
]);

/** Tells whether a trailer section must not contain a field. Names compare case-insensitively. */
export function isForbiddenTrailer(name: string): boolean {
  return FORBIDDEN.has(name.toLowerCase());
}
