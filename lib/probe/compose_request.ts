/**
 * Composes the octets of a request from a target and options.
 *
 * @module
 */

import type { FieldLine } from "../http/field_line.ts";
import type { OutstandingRequest } from "../http/framing.ts";
import { listElements } from "../http/field_list.ts";
import { decodeLatin1 } from "../http/octets.ts";
import { serializeRequest } from "../http/request.ts";
import { formatAuthority, type SettledTarget } from "../target/target.ts";
import { encodeUserinfo } from "../target/userinfo.ts";
import { VERSION } from "../version.ts";
import { type HeaderChange, headerChanges } from "./header_changes.ts";
import type { RequestOptions } from "./options.ts";

/** A request that is ready to be sent. */
export interface ComposedRequest extends OutstandingRequest {
  /** The exact octets. */
  readonly bytes: Uint8Array;
}

/**
 * Composes the request for a target.
 *
 * @throws {TypeError} If method, target or fields cannot stand in a request, see {@linkcode serializeRequest}
 * @throws {RangeError} If one of them has a character above U+00FF
 */
export function composeRequest(target: SettledTarget, options: RequestOptions = {}): ComposedRequest {
  const { method = "GET", version, requestTarget = target.path, rawRequest } = options;
  if (rawRequest) return { method: rawMethod(rawRequest), bytes: rawRequest, upgrade: true };
  const body = typeof options.body === "string" ? new TextEncoder().encode(options.body) : options.body;
  if (body !== undefined && !(body instanceof Uint8Array)) {
    throw new TypeError(`Cannot send a body of the type ${typeof body}: use a string or a Uint8Array`);
  }
  const changes = options.headers ? headerChanges(options.headers) : [];
  const defaults = defaultFields(target, options, body, hasTransferCoding(changes));
  const headers = changes.length > 0 ? mergeFields(defaults, changes) : defaults;
  const bytes = serializeRequest({
    method,
    target: requestTarget,
    headers,
    version,
    body,
  });
  return { method, bytes, upgrade: headers !== defaults && listElements(headers, "upgrade").length > 0 };
}

/** Describes a request written by hand. It may contain anything, so only its method is read. */
function rawMethod(rawRequest: Uint8Array): string {
  const beginning = decodeLatin1(rawRequest, 0, Math.min(rawRequest.length, 200));
  return /^[\r\n]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+) /.exec(beginning)?.[1] ?? "GET";
}

function defaultFields(
  target: SettledTarget,
  options: RequestOptions,
  body: Uint8Array | undefined,
  isCoded: boolean,
): FieldLine[] {
  const credentials = target.credentials ?? options.credentials;
  const fields: FieldLine[] = [
    ["Host", formatAuthority(target)],
    ["User-Agent", options.userAgent ?? `sonde/${VERSION}`],
    ["Accept", "*/*"],
  ];
  if (credentials) fields.push(["Authorization", formatBasic(credentials.user, credentials.password)]);
  if (body && !isCoded) fields.push(["Content-Length", String(body.length)]);
  return fields;
}

/** RFC 9112 §6.2: no Content-Length beside Transfer-Encoding, unless the caller sets both. */
function hasTransferCoding(changes: readonly HeaderChange[]): boolean {
  return changes.some(([name, value]) => name.toLowerCase() === "transfer-encoding" && value !== undefined);
}

/** Makes the credentials of RFC 7617 §2, with the charset UTF-8 of its §2.1 and the octets of a URL unchanged. */
function formatBasic(user: string, password: string): string {
  return `Basic ${encodeUserinfo(`${user}:${password}`).toBase64()}`;
}

/**
 * Applies a change in the place of the default field with its name; further fields of that name follow in their order.
 */
function mergeFields(defaults: readonly FieldLine[], changes: readonly HeaderChange[]): FieldLine[] {
  const left = [...changes];
  const fields: FieldLine[] = [];
  for (const field of defaults) {
    const named = left.findIndex(([name]) => name.toLowerCase() === field[0].toLowerCase());
    if (named === -1) {
      fields.push(field);
      continue;
    }
    const [[name, value]] = left.splice(named, 1) as [HeaderChange];
    if (value !== undefined) fields.push([name, value]);
  }
  for (const [name, value] of left) {
    if (value !== undefined) fields.push([name, value]);
  }
  return fields;
}
