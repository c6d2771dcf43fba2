/**
 * Finds typing errors in targets, and words what to write instead.
 *
 * @module
 */

import { nearEnough } from "../text/nearest.ts";

/** Matches the beginning of a URL, with a host or without. */
const WELL_BEGUN = /^https?:\/\/(?:[^/\\]|$)/i;

/** Matches a host `http` or `https` with a port, which is no beginning of a URL. */
const HOST_WITH_PORT = /^https?:\d+(?:[/?#]|$)/i;

/** Matches two URLs with blanks between them, or a comma behind a host: a path may have a URL after a comma. */
const TWO_URLS = /^https?:\/\/(?:\S*\s+|[^\s/?#,]*\/?,)https?:\/\//i;

/** Schemes of related protocols, with the scheme whose server answers them. */
const RELATED_SCHEMES: ReadonlyMap<string, string> = new Map([["ws", "http"], ["wss", "https"]]);

/**
 * Finds a typing error that would otherwise be read as another target, or whose error would not tell what to write.
 *
 * @param text A target as the user wrote it, without blanks around it.
 * @returns The cause of the error, or `undefined` if there is none of these errors.
 *
 * @example Usage
 * ```ts
 * import { findTypingError } from "./typing_error.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(findTypingError("https//example.org/"), "write https://example.org/");
 * assert.equal(findTypingError("https://example.org/"), undefined);
 * ```
 */
export function findTypingError(text: string): string | undefined {
  if (/^["'`<“‘]/.test(text)) return `leave out the ${text.startsWith("<") ? "angle brackets" : "quotes"}`;
  if (TWO_URLS.test(text)) return "it has two URLs: write one at a time";
  if (!/^https?[:;/\\]/i.test(text) || WELL_BEGUN.test(text) || HOST_WITH_PORT.test(text)) return undefined;
  const [scheme] = /^https?/i.exec(text)!;
  const rest = text.slice(scheme.length).replace(/^[:;/\\]+/, "").replaceAll("\\", "/");
  const cause = /^:\/{3}/.test(text.slice(scheme.length)) ? "it has no host, write" : "write";
  return `${cause} ${scheme.toLowerCase()}://${rest === "" ? "HOST/" : rest}`;
}

/** Words the URL that a scheme with a typing error stands for; nothing if the scheme is that of another protocol. */
export function adviseScheme(scheme: string, rest: string): string {
  const meant = RELATED_SCHEMES.get(scheme) ?? nearEnough(scheme, ["http", "https"]);
  return meant === undefined ? "" : `, write ${meant}://${rest}`;
}

/** Words the correction of an authority with too many colons. */
export function adviseColons(authority: string): string {
  const whole = URL.canParse(`http://[${authority}]/`);
  const [, address, port] = /^(.+):(\d{1,5})$/.exec(authority) ?? [];
  if (address !== undefined && URL.canParse(`http://[${address}]/`)) {
    const other = whole ? `, or [${authority}] without a port` : "";
    return `write the IPv6 address in brackets, [${address}]:${port}${other}`;
  }
  if (whole) return `write the IPv6 address in brackets, [${authority}]`;
  if (/^[^:]+:\d+:$/.test(authority)) return `it ends in a colon too many, write ${authority.slice(0, -1)}`;
  if (/^[^:]+:\d+:\d+$/.test(authority)) return "it has two ports, leave one out";
  return `"${authority}" is not a host with a port (write an IPv6 address in brackets)`;
}
