/**
 * Words the advice for a target in place of a list.
 *
 * @module
 */

/** Words the advice for a file that does not exist and looks like a target; empty if it does not. */
export function adviseMissingList(path: string): string {
  if (!looksLikeTarget(path)) return "";
  return `; a batch reads files: for one target write sonde ${path}, for several echo ${path} | sonde batch -`;
}

/** Tells a host, an address or a range of addresses from the name of a file. */
function looksLikeTarget(path: string): boolean {
  return /^(?:localhost|\[?[\da-f:]*:[\da-f:]+\]?|[\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:\/\d+)?$/i.test(path) &&
    !/\.(?:txt|csv|json|jsonl|ndjson|lst|list)$/i.test(path);
}
