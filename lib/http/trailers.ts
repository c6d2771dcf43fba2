/**
 * Lists the field names that must not stand in a trailer section.
 *
 * @module
 */

/**
 * RFC 9110 §6.5.1: nothing that is needed to frame, route, authenticate or decode the message, or that modifies the
 * request. The names are those of RFC 7230 §4.1.2 and of the fields' own definitions.
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

/** Tells whether a field must not stand in a trailer section. Names compare case-insensitively. */
export function isForbiddenTrailer(name: string): boolean {
  return FORBIDDEN.has(name.toLowerCase());
}
