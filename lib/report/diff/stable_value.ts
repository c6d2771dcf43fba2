/**
 * Reduces values from an answer to the part that does not differ from one answer to the next.
 *
 * @module
 */

/** Fields whose value depends on the moment or on the content. Only their presence is compared. */
const VALUE_VARIES: ReadonlySet<string> = new Set([
  "age",
  "akamai-grn",
  "cache-status",
  "cf-cache-status",
  "cf-ray",
  "content-digest",
  "content-length",
  "content-md5",
  "content-range",
  "date",
  "digest",
  "etag",
  "expires",
  "last-modified",
  "nel",
  "ratelimit",
  "report-to",
  "repr-digest",
  "server-timing",
  "set-cookie",
  "traceparent",
  "tracestate",
  "x-amz-cf-id",
  "x-amz-cf-pop",
  "x-amz-id-2",
  "x-azure-ref",
  "x-cache",
  "x-cache-hits",
  "x-cache-status",
  "x-cloud-trace-context",
  "x-csrf-token",
  "x-envoy-upstream-service-time",
  "x-guploader-uploadid",
  "x-proxy-cache",
  "x-runtime",
  "x-served-by",
  "x-timer",
  "x-timestamp",
  "x-trans-id",
  "x-varnish",
  "x-vercel-id",
]);

/** Matches the names of fields that number requests, or count down from one to the next. */
const OF_REQUEST = /(?:request|trace|correlation|transaction|span)-?id$|ratelimit-(?:remaining|reset)$/;

/** Matches the names of fields that say how long an answer took. */
const OF_TIME =
  /(?:request|response|process|processing|render|upstream|proxy|backend)-?(?:time|duration|latency)$/;

/** Matches the part of a Content-Security-Policy that is new in every answer. */
const NONCE = /'nonce-[^']*'/g;

/** Matches the parameters of a URL that a server invents for one visit, as in a redirect to a login. */
const OF_VISIT =
  /([?&;](?:state|nonce|ticket|code_challenge|SAMLRequest|RelayState|SigAlg|Signature|jsessionid|phpsessid|sid|session_?id|csrf(?:_?token)?|request_?id|correlation_?id|ts|timestamp|_)=)[^&#;]*/gi;

/** Gives the part of a field value that two answers are compared by. */
export function stableField(name: string, value: string): string {
  if (VALUE_VARIES.has(name) || OF_REQUEST.test(name) || OF_TIME.test(name)) return "(present)";
  return name === "location" ? stableUrl(value) : value.replace(NONCE, "'nonce-…'");
}

/** Gives the part of a URL that two answers are compared by. */
export function stableUrl(url: string): string {
  return url.replace(OF_VISIT, "$1…");
}
