/**
 * Shortens the cause of a verdict for text that shows the check, too.
 *
 * @module
 */

const KIND_AND_PHASE = /\b[a-z-]+ in (?:dns|connect|tls|send|wait|head|body): (?=Cannot )/g;

/**
 * Leaves out of a cause what its message says in words, the kind and the phase of an error, and the request, if it is the
 * one of the check. A stored cause keeps both, for programs.
 *
 * @param url The URL of the check
 */
export function readableCause(cause: string, url: string | undefined): string {
  const short = cause.replace(KIND_AND_PHASE, "");
  const at = url === undefined ? -1 : short.indexOf(` ${url}: `);
  return at === -1
    ? short
    : short.slice(0, at).replace(/ (?:to|of) [A-Z]+$/, "") + short.slice(at + 1 + url!.length);
}
