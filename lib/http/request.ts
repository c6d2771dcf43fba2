/**
 * Writes requests (RFC 9112 §3).
 *
 * @module
 */

import type { FieldLine } from "./field_line.ts";
import { encodeLatin1, isToken } from "./octets.ts";

/** A request as it is sent. */
export interface RequestParts {
  /** A token, sent as it is. */
  readonly method: string;
  /** The request-target: origin-form, absolute-form, authority-form or `*` (RFC 9112 §3.2); sent as it is. */
  readonly target: string;
  /**
   * The digits of the version.
   *
   * @default "1.1"
   */
  readonly version?: string | undefined;
  /** Field lines, sent in this order and case; one code unit per octet. */
  readonly headers: readonly FieldLine[];
  /** Octets sent after the head as they are; the headers must frame them. */
  readonly body?: Uint8Array | undefined;
}

/**
 * Serialises a request. Nothing is added, dropped or changed.
 *
 * @returns The octets: one request-line, the given field lines, an empty line, the body
 * @throws {TypeError} If the method or a field name is not a token, if the target is empty or has a blank, or if
 * method, target or a field contains CR, LF or NUL, which would turn it into another message
 * @throws {RangeError} If a character is above U+00FF
 *
 * @example Usage
 * ```ts
 * import { serializeRequest } from "https://deno.land/x/sonde/lib/http.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = serializeRequest({ method: "GET", target: "/", headers: [["Host", "example.org"]] });
 * assert.equal(new TextDecoder().decode(bytes), "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n");
 * ```
 */
export function serializeRequest(request: RequestParts): Uint8Array<ArrayBuffer> {
  const { method, target, version = "1.1", headers, body } = request;
  if (!isToken(method)) refuse(`method ${JSON.stringify(method)}`, "a method is a token, without blanks");
  if (!/^[0-9]\.[0-9]$/.test(version)) {
    refuse(`version ${JSON.stringify(version)}`, "a version is a digit, a dot and a digit");
  }
  // deno-lint-ignore no-control-regex -- this pattern finds control octets
  if (target === "" || /[\x00-\x20\x7f]/.test(target)) {
    refuse(`request target ${quote(target)}`, "it is empty or has a blank or control character");
  }
  let head = `${method} ${target} HTTP/${version}\r\n`;
  for (const [name, value] of headers) {
    if (!isToken(name)) {
      refuse(`field name ${JSON.stringify(name)}`, "a field name is a token, without blanks");
    }
    // deno-lint-ignore no-control-regex -- this pattern finds control octets
    if (/[\x00\r\n]/.test(value)) {
      refuse(`value ${quote(value)} of field ${name}`, "it has a CR, LF or NUL");
    }
    head += value === "" ? `${name}:\r\n` : `${name}: ${value}\r\n`;
  }
  const headBytes = encodeLatin1(head + "\r\n");
  if (!body || body.length === 0) return headBytes;
  const bytes = new Uint8Array(headBytes.length + body.length);
  bytes.set(headBytes);
  bytes.set(body, headBytes.length);
  return bytes;
}

/** Quotes octets for a message, as UTF-8 if they are. */
function quote(octets: string): string {
  if ([...octets].some((character) => character > "\xff")) return JSON.stringify(octets);
  const characters = new TextDecoder().decode(encodeLatin1(octets));
  return JSON.stringify(characters.includes("\ufffd") ? octets : characters);
}

function refuse(thing: string, cause: string): never {
  throw new TypeError(`Cannot write a request with the ${thing}: ${cause}`);
}
